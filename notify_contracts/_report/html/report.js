// The filters: what the form says narrows the matrix, the chart and the violations. All of it is on the page already.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const rows = [...document.querySelectorAll(".matrix tbody tr")];
  const cells = new Map([...document.querySelectorAll("[data-contract].cell")].map((cell) => [cell.dataset.contract, cell]));
  const sections = [...document.querySelectorAll("section.contract")];
  const strangers = document.getElementById("strangers");
  const spans = [...document.querySelectorAll("#spans tbody tr")].map((row, index) => ({
    row,
    rect: document.querySelectorAll(".chart rect")[index],
    counts: Object.entries(JSON.parse(row.dataset.counts)),
  }));
  const HEIGHT = 100;
  const number = new Intl.NumberFormat("en");
  const texts = new WeakMap();
  const total = document.querySelectorAll(".group").length;

  function of(count, all) {
    return count === all ? number.format(all) : `${number.format(count)} of ${number.format(all)}`;
  }

  function textOf(element) {
    if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
    return texts.get(element);
  }

  // Contracts are looked at through their cells; what has no contract has no cell, event type or priority.
  function isWanted(wanted, contract) {
    const cell = cells.get(contract);
    if (!cell) return !wanted.event && !wanted.priority && ["", "failed", "none"].includes(wanted.verdict);
    return isCellWanted(wanted, cell);
  }

  function isCellWanted(wanted, cell) {
    const { event } = cell.parentElement.dataset;
    return (!wanted.event || event === wanted.event)
      && (!wanted.priority || cell.dataset.priority === wanted.priority)
      && (!wanted.verdict || cell.dataset.verdict === wanted.verdict);
  }

  function filterGroups(wanted) {
    const contracts = new Set();
    let count = 0;
    for (const section of sections) {
      const { contract } = section.dataset;
      const named = textOf(section.querySelector("h3")).includes(wanted.text);
      let any = false;
      for (const group of section.querySelectorAll(".group")) {
        group.hidden = !(isWanted(wanted, contract) && (named || textOf(group).includes(wanted.text)));
        any ||= !group.hidden;
        count += group.hidden ? 0 : 1;
      }
      section.hidden = !any;
      if (any) contracts.add(contract);
    }
    if (nothing) nothing.hidden = count > 0;
    return { count, contracts };
  }

  function filterMatrix(wanted, contracts) {
    let count = 0;
    for (const row of rows) {
      const named = row.dataset.event.toLowerCase().includes(wanted.text);
      let any = false;
      for (const cell of row.querySelectorAll(".cell")) {
        const { contract } = cell.dataset;
        const wantedHere = isCellWanted(wanted, cell) && (named || contracts.has(contract));
        cell.classList.toggle("aside", !wantedHere);
        any ||= wantedHere;
        count += wantedHere && contract ? 1 : 0;
      }
      row.hidden = !any;
    }
    if (strangers) strangers.hidden = !(isWanted(wanted, "") && textOf(strangers).includes(wanted.text));
    return count;
  }

  // A contract all of whose groups were left out of the page still counts, unless a text is looked for.
  function drawChart(wanted, contracts) {
    const isCounted = ([contract]) => (wanted.text ? contracts.has(contract) : isWanted(wanted, contract));
    const counts = spans.map((span) => span.counts.filter(isCounted).reduce((sum, [, count]) => sum + count, 0));
    const highest = Math.max(0, ...counts);
    spans.forEach(({ row, rect }, index) => {
      const height = highest ? (HEIGHT * counts[index]) / highest : 0;
      row.hidden = counts[index] === 0;
      row.lastElementChild.textContent = number.format(counts[index]);
      rect.setAttribute("y", HEIGHT - height);
      rect.setAttribute("height", height);
      rect.querySelector("title").textContent = `${row.firstElementChild.textContent}: ${number.format(counts[index])}`;
    });
    if (spans.length) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      document.getElementById("highest").textContent = number.format(highest);
      document.getElementById("chart-description").textContent =
        `${number.format(total)} violations, at most ${number.format(highest)} in one bar.`;
    }
  }

  function apply() {
    const wanted = Object.fromEntries(new FormData(form));
    wanted.text = wanted.text.trim().toLowerCase();
    const groups = filterGroups(wanted);
    const contracts = filterMatrix(wanted, groups.contracts);
    drawChart(wanted, groups.contracts);
    const isFiltered = Object.values(wanted).some(Boolean);
    form.classList.toggle("filtered", isFiltered);
    shown.textContent = `${of(contracts, cells.size)} contracts, ${of(groups.count, total)} groups of violations`;
  }

  // A link from the matrix opens the largest group of its contract.
  function open() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const group = target?.matches("section.contract") ? target.querySelector(".group:not([hidden])") : null;
    if (group) group.open = true;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  window.addEventListener("hashchange", open);
  form.hidden = false;
  apply();
  open();
})();
