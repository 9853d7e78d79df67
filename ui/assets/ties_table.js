/* The table of ties: sorted, searched and narrowed to years in the browser, so that a brush over a timeline is answered
   at once. `limitrophe:years` tells a span of years to all on the page; maps of ties listen to it too. */
const YEARS = "limitrophe:years";
const PAGE = 200; // rows drawn before the reader asks for all
const CLICK = 8; // pixels from which a press is a drag, as for plotly

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".ties-table");
  const state = (root.ties = root.ties || { sorted: null, down: false, all: false });
  state.span = data.span;
  const number = new Intl.NumberFormat(data.lang);
  const order = new Intl.Collator(data.lang, { numeric: true });
  const fill = (words, figures) => words.replace(/\{(\w+)\}/g, (all, name) => (name in figures ? number.format(figures[name]) : all));
  const make = (tag, parent, properties = {}) => parent.appendChild(Object.assign(document.createElement(tag), properties));

  const inside = ([since, until]) => !state.span || (since <= state.span[1] && (until === null || until >= state.span[0]));
  const text = (column, cell) => (data.columns[column].sources ? cell.map((id) => data.sources[id]).join("; ") : cell);
  const said = (row) => row.cells.map((cell, column) => text(column, cell)).filter((one) => one !== null).join(" ").toLowerCase();
  const rows = data.rows.map(([cells, life, dated, status]) => ({ cells, life, dated, status }));

  root.replaceChildren();
  const heading = data.heading ? make("h2", root) : null;
  const coverage = make("p", root, { className: "caption" });
  const tools = make("p", root, { className: "tools" });
  const search = make("input", tools, { type: "search", placeholder: data.words.search, value: state.sought || "" });
  search.setAttribute("aria-label", data.words.search);
  const found = make("span", tools, { className: "soft" });
  found.setAttribute("role", "status");
  const scroll = make("div", root, { className: "scroll tall", tabIndex: 0 });
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", data.label);
  const table = make("table", scroll, { className: "facts" });
  const head = make("tr", make("thead", table));
  const body = make("tbody", table);
  const more = make("button", root, { type: "button", className: "more" });

  const heads = data.columns.map((column, at) => {
    const cell = make("th", head, { scope: "col" });
    const button = make("button", cell, { type: "button", textContent: column.title });
    button.addEventListener("click", () => {
      state.down = state.sorted === at && !state.down;
      state.sorted = at;
      draw();
    });
    return cell;
  });

  function sorted(chosen) {
    if (state.sorted === null) return chosen;
    const key = (row) => text(state.sorted, row.cells[state.sorted]);
    const way = state.down ? -1 : 1;
    return [...chosen].sort((a, b) => {
      const [one, other] = [key(a), key(b)];
      if (one === null || one === "") return other === null || other === "" ? 0 : 1; // what is missing stands last
      if (other === null || other === "") return -1;
      return way * order.compare(one, other);
    });
  }

  function draw() {
    const within = rows.filter((row) => inside(row.life));
    const sought = search.value.trim().toLowerCase();
    state.sought = search.value;
    const chosen = sorted(sought ? within.filter((row) => said(row).includes(sought)) : within);
    const shown = state.all ? chosen : chosen.slice(0, PAGE);
    if (heading && state.span) heading.textContent = data.heading.replace("{first}", state.span[0]).replace("{last}", state.span[1]);
    const count = (test) => within.filter(test).length;
    const figures = { ties: within.length, dated: count((row) => row.dated) };
    for (const status of data.statuses) figures[status] = count((row) => row.status === status);
    coverage.textContent = fill(data.words.coverage, figures);
    scroll.hidden = tools.hidden = !within.length;
    found.textContent = sought ? fill(data.words.found, { n: chosen.length, all: within.length }) : "";
    heads.forEach((cell, at) => cell.setAttribute("aria-sort", state.sorted !== at ? "none" : state.down ? "descending" : "ascending"));
    body.replaceChildren(...shown.map(line));
    more.hidden = shown.length === chosen.length;
    more.textContent = fill(data.words.more, { n: chosen.length });
  }

  function line(row) {
    const drawn = document.createElement("tr");
    row.cells.forEach((cell, at) => {
      const column = data.columns[at];
      const place = make("td", drawn, { className: column.year ? "num" : column.sources ? "sources" : "" });
      if (!column.sources) place.textContent = cell === null ? "" : cell;
      else
        for (const id of cell) {
          const told = { textContent: data.sources[id], title: data.sources[id] };
          make("a", place, { href: data.link + encodeURIComponent(id), target: "_self", ...told });
        }
    });
    return drawn;
  }

  /* A drag over a timeline names a span of years with every move; plotly itself would tell of it a tenth of a second later. */
  let drag = null;

  function press(event) {
    const plot = event.target.closest?.(data.charts.map((key) => `.st-key-${key} .nsewdrag`).join() || "nothing");
    if (plot && event.button === 0) drag = { from: event.clientX, box: plot.getBoundingClientRect() };
  }

  function move(event) {
    if (!drag || Math.abs(event.clientX - drag.from) < CLICK) return;
    const { left, width } = drag.box;
    const [low, high] = [drag.from, event.clientX]
      .map((x) => data.axis[0] + (Math.min(Math.max(x - left, 0), width) / width) * (data.axis[1] - data.axis[0]))
      .sort((a, b) => a - b);
    const cut = (year) => Math.min(Math.max(year, data.years[0]), data.years[1]);
    const span = [cut(Math.round(low + 0.001)), cut(Math.round(high - 0.001))].sort((a, b) => a - b);
    if (span.join() !== state.span.join()) document.dispatchEvent(new CustomEvent(YEARS, { detail: span }));
  }

  function lift() {
    drag = null;
  }

  function follow(event) {
    state.span = event.detail;
    draw();
  }

  search.addEventListener("input", draw);
  more.addEventListener("click", () => {
    state.all = true;
    draw();
  });
  const heard = { [YEARS]: follow, pointerdown: press, pointermove: move, pointerup: lift, pointercancel: lift };
  for (const [name, answer] of Object.entries(heard)) document.addEventListener(name, answer, true);
  draw();
  return () => {
    for (const [name, answer] of Object.entries(heard)) document.removeEventListener(name, answer, true);
  };
}
