// Says in the page when a passkey could not be used; the library only tells the console.

const place = () => document.querySelector("[data-passkey-error]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const error = place();
  if (error) {
    error.hidden = true;
    requestAnimationFrame(() => {
      error.hidden = false;
    });
  }
});
