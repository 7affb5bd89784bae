// A search field and a count for long lists of checkboxes. What is chosen never disappears from the list.

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function enhance(group) {
  const tools = group.querySelector(".ui-multi__tools");
  const search = tools.querySelector("input");
  const status = tools.querySelector("[role=status]");
  const rows = [...group.querySelectorAll(".ui-multi__list .kern-form-check")];
  const [chosenText, nothingText] = status.dataset.texts.split("|");
  const isChosen = (row) => row.querySelector("input").checked;
  const update = () => {
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of rows) {
      const matches = words.every((word) => folded(row.textContent).includes(word));
      row.hidden = !matches && !isChosen(row);
      found += matches;
    }
    status.textContent = found ? chosenText.replace("{n}", rows.filter(isChosen).length) : nothingText;
  };
  tools.hidden = false;
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    update();
  });
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  group.addEventListener("change", update);
  update();
}

export function start(root) {
  root.querySelectorAll("[data-multi-select]:has(.ui-multi__tools[hidden])").forEach(enhance);
}
