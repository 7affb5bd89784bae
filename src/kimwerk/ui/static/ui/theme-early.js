// Loaded before the first paint and not as a module, so that no page flashes in the wrong theme.
(function () {
  try {
    var theme = localStorage.getItem("kimwerk.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.kernTheme = theme;
  } catch {
    // Storage may be forbidden: the device decides then.
  }
})();
