(() => {
  const [box, find, state, count] = ["filter", "find", "state", "count"].map(id => document.getElementById(id));
  const rows = [...document.querySelectorAll("tr[data-states]")];
  const groups = [...document.querySelectorAll("tr.group")];
  const show = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const stated = !state.value || row.dataset.states.split(" ").includes(state.value);
      row.hidden = !stated || !words.every(word => text.includes(word));
    }
    for (const group of groups) {
      group.hidden = [...group.parentElement.querySelectorAll("tr[data-states]")].every(row => row.hidden);
    }
    count.textContent = `${rows.filter(row => !row.hidden).length}行`;
  };
  box.hidden = false;
  find.addEventListener("input", show);
  state.addEventListener("change", show);
  show();
})();
