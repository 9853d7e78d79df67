/* The map of the atlas: geometry is drawn once, a change of indicator only repaints.
   open(map) is called by the base map, paint(map, payload) by the layer that st_folium exchanges.
   Everything that comes from data reaches the page as text or as a number, never as HTML. */
(function () {
  "use strict";
  const limitrophe = (window.limitrophe = window.limitrophe || {});
  const SVG = "http://www.w3.org/2000/svg";
  const DETAIL_ZOOM = 1.2; // steps of zoom above the whole country from which fine geometry is worth its size
  const WEST = -2600; // kilometres of x
  const REMEMBERED = 40; // choices
  const FRAME_MS = 900; // a reader's pace
  const INSETS = [
    { id: "caucasus", bounds: [[-10, -4330], [675, -3830]], width: 132, height: 172 },
    { id: "kaliningrad", bounds: [[2345, -4085], [2585, -3905]], width: 112, height: 140 },
  ];
  let state = null;

  const DEPTH = { Point: 0, LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };
  const latLngs = (geometry, place) => L.GeoJSON.coordsToLatLngs(geometry.coordinates, DEPTH[geometry.type], place);
  const asIs = ([x, y]) => L.latLng(y, x);
  /* Where a point of the published geometry stands on the main map: turned clockwise about the apex of the cone. */
  function turned([x, y]) {
    if (!state.turn) return L.latLng(y, x);
    const { cos, sin, apex } = state.turn;
    return L.latLng((y - apex) * cos - x * sin + apex, x * cos + (y - apex) * sin);
  }
  const whenIdle = window.requestIdleCallback || setTimeout;
  const layerOf = (name, detail) => limitrophe[name + "-" + detail] || { type: "FeatureCollection", features: [] };

  function load(url) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = resolve;
      script.onerror = reject;
      document.body.appendChild(script);
    });
  }

  function element(parent, tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    parent.appendChild(node);
    return node;
  }

  /* Fills of parallel strokes (the kinds of nothing, contested territory), in the SVG of each map. */
  function patterns(map, list) {
    const svg = map.getPanes().overlayPane.querySelector("svg");
    if (!svg) return;
    const old = svg.querySelector("defs.nothing");
    if (old) old.remove();
    const defs = document.createElementNS(SVG, "defs");
    defs.setAttribute("class", "nothing");
    for (const { id, ground, ink, angle, spacing, width, crossed } of list) {
      const pattern = shape("pattern", {
        id, width: spacing, height: spacing, patternUnits: "userSpaceOnUse", patternTransform: "rotate(" + angle + ")",
      });
      pattern.append(shape("rect", { width: spacing, height: spacing, fill: ground }), shape("rect", { width: spacing, height: width, fill: ink }));
      if (crossed) pattern.append(shape("rect", { width, height: spacing, fill: ink }));
      defs.appendChild(pattern);
    }
    svg.insertBefore(defs, svg.firstChild);
  }

  function shape(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  }

  const isClass = (mark) => mark >= "0" && mark <= "9";
  const hasFigure = (mark) => isClass(mark) || mark === "u"; // u: of places that nobody has checked

  function subjectStyle(mark) {
    const paint = state.paint;
    const plain = hasFigure(mark) && paint.kind === "circles" ? paint.styles["."] : isClass(mark) ? null : paint.styles[mark];
    return plain
      ? { weight: mark === "." ? 0.5 : 0.9, fillOpacity: 1, opacity: 1, fillColor: plain.fill, color: hasFigure(mark) && paint.kind === "circles" ? paint.theme.country_line : plain.stroke, dashArray: plain.dash }
      : { weight: 0.8, fillOpacity: 1, opacity: 1, fillColor: paint.colors[+mark], color: paint.theme.subject_line, dashArray: null };
  }

  const highlighted = (code) => (state.paint.highlight || []).includes(code);

  function restyle(id, marks) {
    const style = subjectStyle(marks[state.index[id]] || ".");
    if (id === state.paint.selected || id === state.reached || highlighted(id)) Object.assign(style, { weight: 2.4, color: state.paint.theme.accent, dashArray: null });
    for (const layer of state.subjects[id])
      if (["weight", "color", "fillColor", "dashArray"].some((key) => layer.options[key] !== style[key])) layer.setStyle(style);
    if (id === state.reached || highlighted(id)) state.subjects[id].forEach((layer) => layer.bringToFront());
  }

  /* What only a change of theme, or of the regions that a locator tints, alters. */
  function ground(payload) {
    const seen = JSON.stringify([payload.theme, payload.styles, payload.patterns, payload.touched, payload.highlight]);
    if (seen === state.ground) return;
    state.ground = seen;
    const root = document.documentElement.style;
    for (const [name, value] of Object.entries(payload.theme)) root.setProperty("--" + name, value);
    [state.map, ...state.insets.map((inset) => inset.map)].forEach((m) => patterns(m, payload.patterns));
    quietStyle(payload);
  }

  function quietStyle({ theme, styles }) {
    const contested = styles.contested;
    const looks = {
      countries: { fillColor: theme.land, fillOpacity: 1, color: theme.country_line, weight: 1 },
      foreign: { fill: false, color: theme.land_line, weight: 0.7 },
      contested: { fillColor: contested.fill, fillOpacity: 1, color: contested.stroke, weight: 0.9, dashArray: contested.dash },
      claims: { fill: false, color: contested.stroke, weight: 0.9, dashArray: contested.dash },
    };
    for (const [name, look] of Object.entries(looks)) state.quiet[name].forEach((group) => group.setStyle(look));
    state.quiet.countries.forEach((group) =>
      group.eachLayer((layer) => highlighted(layer.feature.properties.id) && layer.setStyle({ color: theme.accent, weight: 2.4 }).bringToFront()));
    const touched = state.paint.touched || {};
    state.quiet.foreign.forEach((group) =>
      group.eachLayer((layer) => {
        const fill = touched[layer.feature.properties.id];
        if (fill) layer.setStyle({ fill: true, fillColor: fill, fillOpacity: 0.45, color: theme.country_line });
      }));
  }

  /* Whether an outline may be seen in a part of the map: the box round one of its rings or lines touches it. */
  function reaches(coordinates, part) {
    if (typeof coordinates[0][0] !== "number") return coordinates.some((one) => reaches(one, part));
    const xs = coordinates.map(([x]) => x), ys = coordinates.map(([, y]) => y);
    return Math.min(...xs) <= part.getEast() && Math.max(...xs) >= part.getWest() && Math.min(...ys) <= part.getNorth() && Math.max(...ys) >= part.getSouth();
  }

  /* One set of layers on one map; `part` keeps what an inset shows. */
  function draw(map, detail, part) {
    const filter = part && ((feature) => reaches(feature.geometry.coordinates, part));
    const coordsToLatLng = part ? asIs : turned;
    const quiet = (name) => {
      const group = L.geoJSON(layerOf(name, detail), { interactive: false, filter, coordsToLatLng });
      group.eachLayer((layer) => (layer.place = coordsToLatLng));
      state.quiet[name].push(group);
      return group.addTo(map);
    };
    quiet("countries");
    quiet("foreign");
    L.geoJSON(layerOf("subjects", detail), {
      filter,
      coordsToLatLng,
      onEachFeature: (feature, layer) => {
        const id = feature.properties.id;
        layer.place = coordsToLatLng;
        layer.options.className = "subject";
        answering(layer, id);
        layer.on("mouseover", () => {
          state.subjects[id].forEach((l) => l.setStyle({ weight: 2, color: state.paint.theme.accent }).bringToFront());
        });
        layer.on("mouseout", () => restyle(id, state.marks));
        (state.subjects[id] = state.subjects[id] || []).push(layer);
      },
    }).addTo(map);
    quiet("contested");
    quiet("claims");
  }

  /* Hovering shows the card, clicking tells Python. */
  function answering(layer, id) {
    layer.toGeoJSON = () => answer({ id });
    layer.on("click", (event) => {
      L.DomEvent.stop(event);
      tell({ id });
    });
    layer.on("mousemove", (event) => showCard(id, event.originalEvent));
    layer.on("mouseout", hideCard);
  }

  function answer(properties) {
    return { type: "Feature", geometry: null, properties };
  }

  /* Tell Python at once; st_folium would wait 250 ms and send whole outlines. */
  function tell(properties) {
    state.told += 1;
    const value = { last_active_drawing: answer({ ...properties, n: state.told }) };
    const data = window.__GLOBAL_DATA__;
    if (data) {
      data.last_active_drawing = value.last_active_drawing;
      data.previous_data = value;
    }
    window.Streamlit.setComponentValue(value);
  }

  /* What is said of a subject: tag and text of each line, its name first. */
  function linesOf(id) {
    const paint = state.paint;
    const at = state.index[id];
    const mark = state.marks[at];
    const lines = [["strong", state.names[id][paint.lang]]];
    const add = (tag, text) => lines.push([tag, text]);
    const words = paint.words;
    if (paint.kind === "locator") {
      if (isClass(mark)) add("small", paint.class_labels[+mark]);
    } else if (mark === ".") add("small", paint.own ? paint.own.outside : words.outside);
    else if (mark === "n") add("span", paint.zero && paint.at_least ? words.none_found : words.no_data);
    else if (mark === "a") add("span", words.not_applicable);
    else if (mark === "s") add("span", words.suspended);
    else if (mark === "z" && paint.at_least) add("span", words.none_found);
    else if (state.year === paint.year && paint.values.length) {
      add("span", (paint.at_least ? words.at_least + " " : "") + number(paint.values[at]));
      add("small", paint.unit);
      const rank = paint.rank_texts ? paint.rank_texts[at] : paint.ranks[at] && words.rank.replace("{r}", paint.ranks[at]).replace("{n}", paint.ranked);
      if (rank) add("span", rank);
      if (mark === "u") add("span", words.unchecked);
    } else add("span", mark === "u" ? words.unchecked : mark === "z" ? paint.zero || "0" : paint.class_labels[+mark]);
    return lines;
  }

  const number = (value) => new Intl.NumberFormat(state.paint.lang, { maximumSignificantDigits: 4 }).format(value);

  function showCard(id, event) {
    const { card, paint } = state;
    if (!paint) return;
    card.replaceChildren();
    for (const [tag, text] of linesOf(id)) element(card, tag, "", text);
    const at = state.index[id];
    // where a value of the nearest year stands in, its own year
    const year = (state.year === paint.year && paint.years_used && paint.years_used[at]) || state.year;
    if (state.marks[at] !== "." && paint.kind !== "locator") element(card, "small", "", [year || "", paint.source].filter(Boolean).join(" · "));
    beside(event);
  }

  function beside(event) {
    const card = state.card;
    card.style.visibility = "visible";
    const box = state.map.getContainer().getBoundingClientRect();
    const x = event.clientX - box.left, y = event.clientY - box.top;
    card.style.left = Math.min(x + 16, box.width - card.offsetWidth - 8) + "px";
    card.style.top = (y + 18 + card.offsetHeight > box.height ? y - card.offsetHeight - 12 : y + 18) + "px";
  }

  function hideCard() {
    state.card.style.visibility = "hidden";
  }

  function insets(map) {
    const shelf = element(map.getContainer(), "div", "insets");
    L.DomEvent.disableClickPropagation(shelf);
    state.insets = INSETS.map((inset) => {
      const box = element(shelf, "div", "inset");
      box.style.width = inset.width + "px";
      box.style.height = inset.height + "px";
      const title = element(box, "div", "title");
      const small = L.map(box, {
        crs: L.CRS.Simple, zoomControl: false, attributionControl: false, dragging: false, scrollWheelZoom: false, doubleClickZoom: false,
        boxZoom: false, keyboard: false, touchZoom: false, zoomSnap: 0, minZoom: -20, zoomAnimation: false, fadeAnimation: false,
        renderer: L.svg({ padding: 0.1 }),
      });
      small.fitBounds(inset.bounds);
      draw(small, "medium", L.latLngBounds(inset.bounds));
      state.circles.push(L.layerGroup().addTo(small));
      return { map: small, title, id: inset.id };
    });
  }

  function refine() {
    if (state.detail === "fine" || !state.options.fine.length) return;
    state.detail = "fine";
    Promise.all(state.options.fine.map(load)).then(() => reshape(["subjects", "countries", "foreign", "contested"], "fine"))
      .catch(() => { state.detail = "medium"; });
  }

  /* Give the layers of the main map and its insets the outlines of a detail, each where its map shows them. */
  function reshape(names, detail) {
    for (const name of names) {
      const outlines = Object.fromEntries(layerOf(name, detail).features.map((f) => [f.properties.id, f.geometry]));
      const layers = name === "subjects" ? Object.values(state.subjects).flat() : state.quiet[name].flatMap((group) => group.getLayers());
      for (const layer of layers) {
        const geometry = outlines[layer.feature.properties.id];
        if (geometry) layer.setLatLngs(latLngs(geometry, layer.place));
      }
    }
    state.drawn = detail;
    areas();
  }

  function turn(asked) {
    if (JSON.stringify(asked) === JSON.stringify(state.turning)) return;
    state.turning = asked;
    state.turn = asked && { cos: Math.cos(asked.angle), sin: Math.sin(asked.angle), apex: asked.apex };
    reshape(["subjects", "countries", "foreign", "contested", "claims"], state.drawn);
    state.labelled = null;
  }

  /* Units that a reader brought: their outlines come with the painting. They answer as subjects do, over those as quiet ground. */
  function brought(told) {
    const seen = told ? told.key + JSON.stringify(state.turning) : "";
    if (seen === state.brought) return;
    state.brought = seen;
    for (const id of state.ids.filter((id) => id.startsWith("own-"))) {
      state.subjects[id].forEach((layer) => layer.remove());
      for (const table of [state.subjects, state.names, state.points, state.index]) delete table[id];
    }
    state.ids = state.ids.filter((id) => !id.startsWith("own-"));
    state.map.setMaxZoom(told ? 10 : 2);
    if (!told) return;
    const first = state.ids.length;
    told.outlines.forEach((polygons, i) => {
      const id = "own-" + i;
      const layer = L.polygon(polygons.map((rings) => rings.map((steps) => walked(steps, told.grain))), { className: "subject own" });
      answering(layer, id);
      layer.on("mouseover", () => layer.setStyle({ weight: 2, color: state.paint.theme.accent }).bringToFront());
      layer.on("mouseout", () => restyle(id, state.marks));
      layer.addTo(state.map);
      state.subjects[id] = [layer];
      state.names[id] = { en: told.names[i], ru: told.names[i] };
      state.points[id] = told.points[i];
      state.index[id] = first + i;
      state.ids.push(id);
    });
  }

  function walked(steps, grain) {
    const ring = [];
    for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) ring.push(turned([(x += steps[i]) * grain, (y += steps[i + 1]) * grain]));
    return ring;
  }

  /* Ties over the map: symbols and lines of the scale that suits the zoom, outlines of areas. Data come as text and numbers. */
  function overlay(told) {
    state.ties = told || { looks: [], scales: [], outlines: [] };
    state.scaled = null;
    if (told) document.documentElement.dataset.years = told.span.join("-");
    areas();
    rescale();
  }

  /* The ties of another span of years, put together as geo.maps.overlays does it. */
  function gathered(brush, first, last) {
    const shown = brush.ties.map(([since, until, title, kind, form, country, steps]) => {
      const step = since <= last && (until === null || until >= first) && steps.findLast(([from]) => from <= last);
      return step && step[1] !== null ? { title, kind: brush.kinds[kind], form, country, alone: step[1], among: step[2], state: step[3], told: step[4] } : null;
    });
    const join = (...parts) => parts.filter(Boolean).join(" · ");
    const most = (keys) => {
      const counts = new Map();
      for (const key of keys) counts.set(key, (counts.get(key) || 0) + 1);
      return [...counts].sort((a, b) => b[1] - a[1]);
    };
    const list = (lines) => (lines.length <= brush.most + 1 ? lines : [...lines.slice(0, brush.most), brush.more.replace("{n}", lines.length - brush.most)]);
    const look = (ties) => {
      const main = most(ties.map((tie) => tie.state))[0][0];
      return ties.find((tie) => tie.state === main)[new Set(ties.map((tie) => tie.form)).size === 1 ? "alone" : "among"];
    };
    const entries = (groups, made) => groups.map((group) => {
      const ties = group[2].map((i) => shown[i]).filter(Boolean);
      return ties.length ? made(group, ties) : null;
    }).filter(Boolean);
    const symbol = ([x, y], ties) => [x, y, look(ties), ties.length, ties.length === 1
      ? [ties[0].title, ties[0].told]
      : [ties[0].kind + ": " + ties.length, ...list(ties.map((tie) => join(tie.title, tie.told)))]];
    const edge = ([x, y], ties) => [x, y, brush.edge, ties.length, [
      brush.beyond.replace("{n}", ties.length), ...list(most(ties.map((tie) => tie.country)).map(([country, n]) => brush.countries[country] + ": " + n))]];
    const line = ([heading, steps], ties) => [look(ties), ties.length, ties.length === 1
      ? [ties[0].title, join(ties[0].kind, ties[0].told)]
      : [heading + ": " + ties.length, ...list(ties.map((tie) => tie.title))], steps];
    return {
      span: [first, last],
      scales: brush.scales.map(({ zoom, symbols, lines, edges }) => ({ zoom, symbols: [...entries(symbols, symbol), ...entries(edges, edge)], lines: entries(lines, line) })),
      outlines: brush.outlines.map(([code, name, groupings]) => {
        const ties = groupings.map((members) => members.map((i) => shown[i]).findLast(Boolean)).filter(Boolean);
        return ties.length ? [code, look(ties), [name, ...ties.map((tie) => join(tie.title, tie.told))]] : null;
      }).filter(Boolean),
    };
  }

  /* Years are brushed elsewhere on the page: show their ties at once; the page sends the same a little later. */
  function brushed([first, last]) {
    if (!state.ties || !state.ties.brush || !state.paint) return;
    overlay({ ...state.ties, ...gathered(state.ties.brush, first, last) });
  }

  /* Outlines cost most to make, so those that stand stay, and change their strokes alone. */
  function areas() {
    if (!state.ties) return;
    const seen = state.drawn + JSON.stringify(state.turning);
    if (state.outlined.seen !== seen) {
      state.areas.clearLayers();
      state.outlined = { seen };
    }
    const used = new Set();
    for (const [code, look, words] of state.ties.outlines) {
      let key = code;
      while (used.has(key)) key += "'"; // a unit of several groupings has an outline for each
      used.add(key);
      const made = () => outlinesOf(code).map((geometry) => speaking(L.polygon(latLngs(geometry, turned), { fill: false, pane: "ties", className: "tie area" })));
      for (const layer of (state.outlined[key] = state.outlined[key] || made())) {
        layer.words = words;
        if (!state.areas.hasLayer(layer)) state.areas.addLayer(layer);
        const drawn = stroke(look);
        if (["color", "weight", "opacity", "dashArray"].some((part) => layer.options[part] !== drawn[part])) layer.setStyle(drawn);
      }
    }
    for (const [key, layers] of Object.entries(state.outlined))
      if (key !== "seen" && !used.has(key)) layers.forEach((layer) => state.areas.removeLayer(layer));
  }

  function outlinesOf(code) {
    return ["subjects", "foreign"].flatMap((name) => layerOf(name, state.drawn).features.filter((f) => f.properties.id === code).map((f) => f.geometry));
  }

  function stroke(number, count) {
    const look = state.ties.looks[number];
    return { color: look.stroke, weight: look.width + (count > 1 ? Math.log2(count) * 0.5 : 0), opacity: look.opacity || 1, dashArray: look.dash || null };
  }

  function rescale() {
    const steps = state.map.getZoom() - state.first;
    const scales = state.ties ? state.ties.scales : [];
    const at = scales.reduce((best, scale, i) => (steps >= scale.zoom ? i : best), 0);
    if (at === state.scaled) return;
    state.scaled = at;
    state.marksOfTies.clearLayers();
    if (!scales.length) return;
    for (const [look, count, words, steps] of scales[at].lines) {
      const way = [];
      for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) way.push([(y += steps[i + 1]), (x += steps[i])]);
      const layer = L.polyline(way, { ...stroke(look, count), pane: "ties", className: "tie" });
      state.marksOfTies.addLayer(speaking(layer, words));
    }
    for (const [x, y, look, count, words] of scales[at].symbols) {
      const layer = L.marker([y, x], { icon: symbol(state.ties.looks[look], count), keyboard: false, pane: "symbols", alt: words[0] });
      state.marksOfTies.addLayer(speaking(layer, words));
    }
  }

  function symbol(look, count) {
    const box = document.createElement("div");
    if (look.d && count === 1) {
      const svg = shape("svg", { width: 16, height: 16, viewBox: "0 0 16 16" });
      svg.append(shape("path", { d: look.d, fill: look.fill, stroke: look.stroke, "stroke-width": look.width, opacity: look.opacity || 1 }));
      if (look.crossed) svg.append(shape("path", { d: "M4.5 4.5l7 7m0-7l-7 7", stroke: look.stroke, "stroke-width": 1.4 }));
      box.append(svg);
      return icon(box, 16, look.shift);
    }
    const bubble = element(box, "b", look.d ? "" : "edge", count);
    const hollow = look.fill === state.paint.theme.card;
    bubble.style.setProperty("--tone", hollow ? look.stroke : look.fill);
    const size = 18 + Math.min(Math.round(Math.log2(count) * 2), 14);
    return icon(box, size, look.shift);
  }

  function icon(html, size, [right, down] = [0, 0]) {
    return L.divIcon({ className: "tie-symbol", html, iconSize: [size, size], iconAnchor: [size / 2 - right, size / 2 - down] });
  }

  /* Words of a tie on a card, first line set strong. */
  function speaking(layer, words) {
    layer.words = words;
    layer.on("mousemove mouseover", (event) => {
      state.card.replaceChildren();
      layer.words.forEach((text, i) => element(state.card, i ? "small" : "strong", "", text));
      beside(event.originalEvent);
    });
    return layer.on("mouseout", hideCard);
  }

  function scale(map) {
    const bar = element(map.getContainer(), "div", "scale");
    const draw = () => {
      const pixels = map.options.crs.scale(map.getZoom());
      const km = [1000, 500, 200, 100, 50, 20, 10, 5].find((d) => d * pixels <= 110) || 5;
      bar.style.width = km * pixels + "px";
      bar.textContent = km + " " + (state.paint && state.paint.lang === "ru" ? "км" : "km");
    };
    map.on("zoomend", draw);
    state.scale = draw;
  }

  function player(map) {
    const box = element(map.getContainer(), "div", "player");
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    const button = element(box, "button");
    button.type = "button";
    const range = element(box, "input");
    range.type = "range";
    const label = element(box, "output");
    const icon = (shape) => {
      button.innerHTML = '<svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true"><path d="' + shape + '"/></svg>';
    };
    const control = { box, button, range, label, icon, timer: null };
    icon("M3 1.5v13l11-6.5z");
    button.addEventListener("click", () => (control.timer ? pause() : state.paint.play.marks ? play(FRAME_MS) : tell({ play: true })));
    range.addEventListener("input", () => frame(+range.value));
    range.addEventListener("change", () => tell({ year: state.year }));
    state.player = control;
  }

  function frame(i) {
    const series = state.paint.play;
    state.year = series.years[i];
    state.player.label.textContent = state.year;
    state.player.range.value = i;
    const before = state.marks;
    state.marks = series.marks[i];
    if (series.values) circles(series.values[i]);
    for (const id of state.ids) {
      const at = state.index[id];
      if (before[at] !== state.marks[at]) restyle(id, state.marks);
    }
  }

  /* One frame each `wait` milliseconds; 0 means as fast as the screen, for the bench. */
  function play(wait) {
    const series = state.paint.play;
    let i = series.years.indexOf(state.year);
    if (i >= series.years.length - 1) i = -1;
    document.body.classList.add("playing");
    state.player.icon("M3 2h4v12H3zM9 2h4v12H9z");
    let last = -Infinity;
    const step = (now) => {
      if (now - last >= wait) {
        i += 1;
        if (i >= series.years.length) return pause();
        frame(i);
        state.frames = (state.frames || 0) + 1;
        last = now;
      }
      state.player.timer = requestAnimationFrame(step);
    };
    state.player.timer = requestAnimationFrame(step);
  }

  function pause() {
    cancelAnimationFrame(state.player.timer);
    state.player.timer = null;
    document.body.classList.remove("playing");
    state.player.icon("M3 1.5v13l11-6.5z");
    if (state.year !== state.paint.year) tell({ year: state.year });
  }

  /* Names of countries, neighbours first; a name that would run into another one waits until the reader zooms in. */
  function labels(lang) {
    if (state.labelled !== lang) {
      state.labelled = lang;
      state.labels.clearLayers();
      const features = Object.fromEntries(layerOf("countries", "medium").features.map((f) => [f.properties.id, f]));
      for (const id of state.options.labels) {
        const p = features[id] && features[id].properties;
        if (!p || !p.label) continue;
        const span = document.createElement("span");
        span.className = "country-label";
        span.textContent = p["name_" + lang];
        // names of western neighbours end at their point, so that they do not run over subjects
        if (p.label[0] < WEST) span.classList.add("ends-here");
        const icon = L.divIcon({ className: "country-anchor", html: span, iconSize: [0, 0] });
        L.marker(turned(p.label), { interactive: false, keyboard: false, icon }).addTo(state.labels);
      }
    }
    const frame = state.map.getContainer().getBoundingClientRect();
    const taken = [];
    for (const span of state.map.getContainer().querySelectorAll(".country-label")) {
      const box = span.getBoundingClientRect();
      const cut = box.left < frame.left + 2 || box.right > frame.right - 2 || box.top < frame.top + 2 || box.bottom > frame.bottom - 2;
      const hit = taken.some((other) => box.left < other.right + 4 && box.right > other.left - 4 && box.top < other.bottom && box.bottom > other.top);
      span.style.visibility = cut || hit ? "hidden" : "visible";
      if (!cut && !hit) taken.push(box);
    }
  }

  /* Proportional circles on the map and its insets, largest first so that small ones stay on top. */
  function circles(values) {
    state.circles.forEach((group) => group.clearLayers());
    const paint = state.paint;
    if (paint.kind !== "circles" || !values) return;
    const of = (id) => values[state.index[id]];
    const shown = state.ids.filter((id) => hasFigure(markOf(id)) && of(id) > 0).sort((a, b) => of(b) - of(a));
    for (const group of state.circles)
      for (const id of shown) {
        const marker = L.circleMarker((group === state.circles[0] ? turned : asIs)(state.points[id]), {
          radius: paint.radius * Math.sqrt(of(id) / paint.largest), fillColor: markOf(id) === "u" ? paint.theme.unchecked : paint.colors[0], fillOpacity: 0.85, color: paint.theme.card, weight: 1,
          className: "subject",
        });
        answering(marker, id);
        group.addLayer(marker);
      }
  }

  /* The first view, and again whenever the frame changes its size before the reader has moved the map. */
  function fit() {
    const size = state.map.getSize();
    if (size.x < 50 || size.y < 50) return;
    state.fitting = true;
    state.map.setMinZoom(-8);
    state.map.fitBounds(state.options.bounds, { animate: false, padding: [6, 6] });
    state.home = state.map.getZoom();
    state.map.setMinZoom(state.home - 0.6);
    if (state.view) state.map.fitBounds(state.view, { animate: false });
    state.first = state.map.getZoom();
    state.fitting = false;
    rescale();
    state.scale();
  }

  const markOf = (id) => state.marks[state.index[id]] || ".";
  const rankOf = (id) => (state.paint.ranks && state.paint.ranks[state.index[id]]) || null;

  /* Subjects that carry something, first those with a rank. */
  function carriers() {
    const named = (one, other) => one.localeCompare(other, state.paint.lang);
    return state.ids.filter((id) => markOf(id) !== ".")
      .sort((a, b) => (rankOf(a) || 999) - (rankOf(b) || 999) || named(...[a, b].map((id) => state.names[id][state.paint.lang])));
  }

  /* The subjects as a list, which shows when the keyboard reaches it: arrows and letters move the highlight, Enter opens. */
  function list(map) {
    const box = element(document.body, "div", "subject-list");
    document.body.prepend(box); // before the map, as what it moves lies there
    const head = element(box, "label");
    const select = element(box, "select");
    select.id = head.htmlFor = "subjects";
    select.size = 8;
    const reach = (id) => {
      const before = state.reached;
      state.reached = id;
      for (const one of [before, id]) if (one) restyle(one, state.marks);
      if (!id) return hideCard();
      const place = turned(state.points[id]);
      map.panInside(place, { padding: [70, 70], animate: false });
      const at = map.latLngToContainerPoint(place), frame = map.getContainer().getBoundingClientRect();
      box.classList.toggle("aside", at.x < frame.width / 2); // not over what it leads to
      showCard(id, { clientX: frame.left + at.x, clientY: frame.top + at.y });
    };
    const fill = () => {
      // the unit stands over the map and need not be read again with each of them
      const short = (id) => linesOf(id).filter(([tag]) => tag !== "small" || state.paint.kind === "locator").map(([, text]) => text);
      const options = carriers().map((id) => new Option(short(id).join(", "), id));
      const chosen = select.value || state.paint.selected;
      select.replaceChildren(...options);
      select.value = options.some((one) => one.value === chosen) ? chosen : options.length ? options[0].value : "";
      if (select.value) reach(select.value);
    };
    select.addEventListener("focus", fill);
    select.addEventListener("blur", () => reach(null));
    select.addEventListener("change", () => reach(select.value));
    select.addEventListener("dblclick", () => tell({ id: select.value }));
    select.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && select.value) tell({ id: select.value });
      if (event.key === "Escape") select.blur();
    });
    state.list = { head, said: element(document.body, "p", "heard"), fill: () => document.activeElement === select && fill() };
    state.list.said.id = "said";
    map.getContainer().setAttribute("role", "application");
    map.getContainer().setAttribute("aria-describedby", "said");
  }

  /* The map in words, for those who do not see it: what, when, the highest and the lowest, how much is known. */
  function said() {
    const { paint } = state;
    const inside = carriers();
    const aside = (id) => (markOf(id) === "u" ? " (" + paint.words.unchecked + ")" : "");
    const names = (ids) => ids.map((id) => [state.names[id][paint.lang], rankOf(id) ? number(paint.values[state.index[id]]) + aside(id) : ""].join(" ").trim()).join("; ");
    const ranked = inside.filter(rankOf);
    const measured = paint.zero ? [] : [paint.at_least ? paint.words.at_least : "", paint.unit]; // an answer has no unit
    const parts = [[paint.title, ...measured, paint.year].filter(Boolean).join(", ") + "."];
    if (ranked.length) {
      parts.push(paint.words.highest.replace("{names}", names(ranked.slice(0, 3))), paint.words.lowest.replace("{names}", names(ranked.slice(-3).reverse())));
    } else
      [...paint.class_labels.entries(), ...(paint.zero ? [["z", paint.zero]] : [])].forEach(([mark, label]) => {
        const these = inside.filter((id) => markOf(id) === String(mark));
        if (these.length) parts.push(label[0].toUpperCase() + label.slice(1) + ": " + (these.length > 12 ? these.length : names(these)) + ".");
      });
    if (ranked.length || paint.zero) parts.push(paint.words.coverage.replace("{n}", paint.ranked).replace("{all}", inside.filter((id) => markOf(id) !== "a").length));
    const unchecked = inside.filter((id) => markOf(id) === "u").length;
    if (unchecked) parts.push(paint.words.places_unchecked.replace("{n}", unchecked));
    return parts.join(" ");
  }

  limitrophe.open = function (map, options) {
    state = {
      map, options, subjects: {}, quiet: { countries: [], foreign: [], contested: [], claims: [] }, names: {}, points: {}, index: {}, ids: [],
      detail: "medium", told: 0, marks: "", paint: null, view: null, moved: false, year: null, labels: L.layerGroup(), circles: [L.layerGroup()],
      drawn: "medium", turn: null, turning: null, areas: L.layerGroup(), outlined: {}, marksOfTies: L.layerGroup(), ties: null, scaled: null, first: 0, brought: "",
      picked: null, remembered: new Map(), ahead: new Set(),
    };
    limitrophe.state = state;
    for (const feature of layerOf("subjects", "medium").features) {
      const p = feature.properties;
      state.names[p.id] = { en: p.name_en, ru: p.name_ru };
      state.points[p.id] = p.label;
      state.ids.push(p.id);
    }
    state.ids.sort();
    state.ids.forEach((id, i) => (state.index[id] = i));
    scale(map);
    fit(); // before anything is drawn: what stands would be drawn a second time
    draw(map, "medium");
    map.createPane("ties").style.zIndex = 450;
    map.createPane("symbols").style.zIndex = 610;
    for (const group of [state.areas, state.marksOfTies, state.labels]) group.addTo(map);
    state.circles[0].addTo(map);
    state.card = element(map.getContainer(), "div", "card");
    state.card.setAttribute("role", "tooltip");
    list(map);
    insets(map);
    player(map);
    map.on("dragstart", () => (state.moved = true));
    map.on("zoomend", () => {
      if (!state.fitting) state.moved = true;
      if (map.getZoom() > state.home + DETAIL_ZOOM) refine();
    });
    map.on("zoomend", rescale);
    map.on("zoomend moveend", () => state.labelled && labels(state.labelled));
    map.on("mouseout zoomstart movestart", hideCard);
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      if (!state.moved) fit();
    }).observe(map.getContainer());
    // the page turns dark with the reader's system, but nothing asks Python for the other colours
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => tell({ dark: event.matches }));
    heed();
    whenIdle(() => setTimeout(refine, 1500));
  };

  /* A control leaves what to paint in the document of the page and is answered at once; the rest of the page is asked
     for when the colours are on the screen. */
  function heed() {
    const page = window.parent === window ? null : window.parent.document;
    if (!page) return;
    const heeded = new WeakSet();
    const ours = (told) => page.querySelector(".st-key-" + told.dataset.map + "_frame")?.contains(window.frameElement);
    const look = () => {
      for (const told of page.querySelectorAll("data.repaint")) {
        if (heeded.has(told) || !state.given || !ours(told)) continue;
        heeded.add(told);
        const payload = { ...state.given, ...JSON.parse(told.value) };
        if (state.picked) state.picked.choice = payload.choice;
        if (payload.choice && payload.choice === state.paint.choice) state.given = payload; // it stands, with more than this says
        else limitrophe.paint(state.map, payload);
        requestAnimationFrame(() => setTimeout(() => tell({ painted: payload.stamp })));
      }
    };
    const watch = new MutationObserver(look);
    watch.observe(page.body, { childList: true, subtree: true });
    window.addEventListener("pagehide", () => watch.disconnect());
    look();
    const heard = { "limitrophe:years": (event) => state.given && brushed(event.detail), pointerup: pick, click: pick, keydown: pick };
    for (const [name, answer] of Object.entries(heard)) page.addEventListener(name, answer, true);
    window.addEventListener("pagehide", () => {
      for (const [name, answer] of Object.entries(heard)) page.removeEventListener(name, answer, true);
    });
  }

  /* An option taken before, with all else as it is now, looked like this then: show it at once. The server says it again
     a little later, and has the last word. */
  function pick(event) {
    const box = window.parent.document.querySelector("[role=combobox][aria-expanded=true]");
    if (!box || !state.given || !state.given.choice) return;
    const option = event.type !== "keydown" ? event.target.closest("[role=option]")
      : event.key === "Enter" ? window.parent.document.getElementById(box.getAttribute("aria-activedescendant")) : null;
    const control = box.closest("[class*=st-key-]");
    if (!option || !control) return;
    const key = [state.given.choice, control.className.match(/st-key-\S+/)[0], option.textContent].join(" ");
    state.picked = { key, choice: null };
    const before = state.remembered.get(key) || opening(control, option.textContent);
    if (before) show(before);
  }

  /* How an indicator opens is published: where the map that stands is such an opening, nothing else has been chosen
     that the next one would have to follow. */
  function opening(control, option) {
    const known = (limitrophe.openings || {})[state.given.look];
    if (!known || !control.classList.contains("st-key-indicator")) return null;
    return Object.values(known).some((one) => one.choice === state.given.choice) ? known[option] : null;
  }

  /* Fetch the opening maps of the look that is shown, when the reader's own map stands. */
  function lookAhead() {
    const url = state.given && state.given.choice && state.options.openings[state.given.look];
    if (!url || state.ahead.has(url)) return;
    state.ahead.add(url);
    load(url).catch(() => state.ahead.delete(url));
  }

  /* Keep what came of a choice; the oldest goes when there are many. */
  function remember(told) {
    if (!state.picked || told.choice !== state.picked.choice) return;
    state.remembered.delete(state.picked.key);
    state.remembered.set(state.picked.key, told);
    if (state.remembered.size > REMEMBERED) state.remembered.delete(state.remembered.keys().next().value);
  }

  limitrophe.paint = function (map, told) {
    if (!state || state.map !== map) return L.layerGroup();
    if (state.player.timer) pause();
    state.given = told;
    remember(told);
    show(told);
    whenIdle(() => setTimeout(lookAhead, 300));
    return L.layerGroup();
  };

  function show(told) {
    const { map } = state;
    const payload = { ...limitrophe.looks[told.look], ...told };
    state.paint = payload;
    state.marks = payload.marks;
    state.year = payload.year;
    ground(payload);
    turn(payload.turn || null);
    brought(payload.own);
    if (JSON.stringify(payload.view) !== JSON.stringify(state.view)) {
      state.view = payload.view;
      state.moved = false;
      fit();
    }
    state.insets.forEach((inset) => (inset.map.getContainer().style.display = payload.view ? "none" : ""));
    for (const id of state.ids) restyle(id, state.marks);
    circles(payload.values);
    overlay(payload.overlay);
    if (state.labelled !== payload.lang) labels(payload.lang); // it measures every label, which costs a layout
    state.insets.forEach((inset) => (inset.title.textContent = payload.words[inset.id]));
    state.scale();
    const series = payload.play;
    state.player.box.classList.toggle("on", Boolean(series));
    if (series) {
      state.player.range.min = 0;
      state.player.range.max = series.years.length - 1;
      state.player.range.value = Math.max(series.years.indexOf(payload.year), 0);
      state.player.label.textContent = payload.year;
      state.player.range.disabled = !series.marks;
      state.player.button.setAttribute("aria-label", payload.words.play);
      state.player.range.setAttribute("aria-label", payload.words.year);
    }
    map.getContainer().setAttribute("aria-label", payload.title);
    state.list.head.textContent = payload.words.list;
    whenIdle(() => (state.list.said.textContent = said())); // nobody waits for it with the colours
    state.list.fill();
    if (window.frameElement) window.frameElement.title = payload.title;
    document.documentElement.lang = payload.lang;
    document.documentElement.dataset.painted = payload.stamp;
    if (payload.autoplay) play(FRAME_MS);
  }

  limitrophe.gathered = gathered;
  limitrophe.play = play;
  limitrophe.refine = refine;
})();
