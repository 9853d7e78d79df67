/* Presents a story: one slide in sight, its neighbours made ready behind it, so that a key only turns visibility.
   Inside the atlas the document stands in a frame of the page (host): keys are heard there too, the address is kept in
   step, and leaving or departing presses the page's own buttons. As a file it stands alone. */
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (selector, of = document) => [...of.querySelectorAll(selector)];
  const slides = all("section.slide");
  const counter = document.querySelector(".counter");
  const keys = document.querySelector("dialog.keys");
  const list = document.querySelector("dialog.all");
  const allSources = JSON.parse(document.getElementById("all-sources").textContent);
  const [spot, black] = [".spot", ".black"].map((one) => document.querySelector(one));
  const served = document.getElementById("served") && JSON.parse(document.getElementById("served").textContent);
  const host = served && window.parent !== window ? window.parent : null;
  const gone = new AbortController();
  const PREPARE_MS = 350; // after a slide stands, before the next is made ready behind it
  const REFINE_MS = 1200; // a view that is looked at this long deserves fine outlines
  let now = -1;
  let pointing = false;
  let timer = null;

  root.dataset.room = root.dataset.room || "dark";

  /* Maps are made by the script of offline files; inside the atlas its parts are fetched from where they are served. */
  async function engine() {
    if (!served) return;
    const texts = await Promise.all([...served.style, served.engine].map((url) => fetch(new URL(url, host.location.href)).then((one) => one.text())));
    document.getElementById("atlas-engine").textContent = texts.pop();
    document.getElementById("atlas-style").textContent = texts.map((one) => one.replace(/url\([^)]*\)/g, "none")).join("\n");
    const script = document.createElement("script");
    script.textContent = served.offline;
    document.body.append(script);
  }

  const frameOf = (slide) => slide.querySelector(".atlas-map iframe");
  const viewOf = (slide) => (frameOf(slide) ? frameOf(slide).contentWindow : null);
  const isPainted = (slide) => {
    if (!slide.querySelector(".atlas-map")) return true;
    const view = viewOf(slide);
    return Boolean(view && view.document.documentElement && view.document.documentElement.dataset.painted);
  };

  /* Wait until the map of a slide is painted, then listen to it and give it the colours of the room. */
  function ready(slide) {
    return new Promise((done) => {
      const look = () => {
        if (gone.signal.aborted) return;
        if (!isPainted(slide)) return requestAnimationFrame(look);
        if (!slide.dataset.ready) {
          slide.dataset.ready = "yes";
          const view = viewOf(slide);
          if (view) listen(view, frameOf(slide));
          dress(slide);
        }
        done();
      };
      look();
    });
  }

  function dress(slide) {
    const view = viewOf(slide);
    if (!view || !slide.dataset.ready || (slide.dataset.room || "dark") === root.dataset.room) return;
    slide.dataset.room = root.dataset.room;
    const written = root.dataset.room === "light" ? slide.querySelector("script.light") : slide.querySelector(".atlas-map script");
    view.limitrophe.paint(view.limitrophe.state.map, JSON.parse(written.textContent));
  }

  function show(asked) {
    const next = Math.min(Math.max(asked, 0), slides.length - 1);
    if (next === now) return;
    now = next;
    all("dialog[open]").forEach((one) => one.close());
    slides.forEach((slide, i) => slide.classList.toggle("now", i === now));
    lay(slides[now]);
    counter.textContent = now + 1 + " / " + slides.length;
    document.querySelector(".progress i").style.width = (100 * (now + 1)) / slides.length + "%";
    for (const [what, at] of [["previous", 0], ["next", slides.length - 1]])
      document.querySelector('[data-do="' + what + '"]').disabled = now === at;
    remember();
    delete root.dataset.slide;
    const shown = now;
    ready(slides[now]).then(() => {
      if (shown !== now) return;
      root.dataset.slide = now + 1;
      clearTimeout(timer);
      timer = setTimeout(prepare, PREPARE_MS);
      setTimeout(() => shown === now && refine(slides[shown]), REFINE_MS);
    });
  }

  function lay(slide) {
    if (slide.classList.contains("laid")) return;
    slide.classList.add("laid");
    fitWords(slide);
  }

  /* Lay out the nearest slide that is not yet ready; it stays hidden, but its map is made. */
  function prepare() {
    const order = [...slides.keys()].sort((a, b) => Math.abs(a - now - 0.4) - Math.abs(b - now - 0.4));
    const next = order.find((i) => !slides[i].classList.contains("laid"));
    if (next === undefined || gone.signal.aborted) return;
    lay(slides[next]);
    ready(slides[next]).then(() => (timer = setTimeout(prepare, PREPARE_MS)));
  }

  function refine(slide) {
    const view = viewOf(slide);
    if (!served || !view || !view.limitrophe.state.view) return;
    const fine = view.limitrophe.state.options.fine;
    if (!fine.length) fine.push(...served.fine.map((url) => new URL(url, host.location.href).href));
    view.limitrophe.refine();
  }

  /* The slide stands in the address, so that a reload or the way back leads to it. */
  function remember() {
    const place = (host || window).location;
    if (!host) return history.replaceState(null, "", "#" + (now + 1));
    const query = new URLSearchParams(place.search);
    if (!query.get("story")) return;
    if (now) query.set("slide", now + 1);
    else query.delete("slide");
    host.history.replaceState(host.history.state, "", place.pathname + "?" + query);
  }

  function first() {
    const asked = host ? new URLSearchParams(host.location.search).get("slide") : location.hash.slice(1);
    const number = /^[1-9]\d?$/.test(asked || "") ? +asked : 1;
    return number <= slides.length ? number - 1 : 0;
  }

  /* Press a button or link of the page that holds us. */
  function press(selector) {
    const target = host && host.document.querySelector(selector);
    if (target) target.click();
  }

  /* Inside the atlas a source leads to its row on the page of sources. */
  function lead(link) {
    if (host) Object.assign(link, { href: new URL("sources?source=" + encodeURIComponent(link.dataset.source) + "&lang=" + root.lang, host.location.href), target: "_blank" });
  }

  function toggle(dialog) {
    const was = dialog.open;
    all("dialog[open]").forEach((one) => one.close());
    if (!was) dialog.showModal();
  }

  const outer = () => (host || window).document;
  const does = {
    next: () => show(now + 1),
    previous: () => show(now - 1),
    first: () => show(0),
    last: () => show(slides.length - 1),
    full: () => (outer().fullscreenElement ? outer().exitFullscreen() : outer().documentElement.requestFullscreen().catch(() => {})),
    pointer: () => {
      pointing = !pointing;
      spot.hidden = true;
      root.dataset.pointer = pointing ? "on" : "off";
    },
    light: () => {
      root.dataset.room = root.dataset.room === "dark" ? "light" : "dark";
      slides.forEach(dress);
    },
    black: () => (black.hidden = !black.hidden),
    open: () => press(".st-key-depart_" + (now + 1) + " a"),
    help: () => toggle(keys),
    sources: () => {
      list.querySelector("ul").replaceChildren(...allSources.slides[now].map((place) => {
        const [item, link] = ["li", "a"].map((tag) => document.createElement(tag));
        [link.dataset.source, link.textContent] = allSources.sources[place];
        lead(link);
        item.append(link);
        return item;
      }));
      toggle(list);
    },
    leave: () => {
      const open = document.querySelector("dialog[open]");
      if (open) open.close();
      else if (!black.hidden) black.hidden = true;
      else press(".st-key-leave_" + (now + 1) + " button");
    },
  };
  // letters by their place on the keyboard, so that they work in any layout
  const BY_CODE = { KeyF: "full", KeyP: "pointer", KeyL: "light", KeyB: "black", Period: "black", KeyO: "open", KeyS: "sources", KeyH: "help" };
  const BY_KEY = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous",
    Home: "first", End: "last", Escape: "leave", "?": "help",
  };

  const SCROLLS = new Set(["ArrowUp", "ArrowDown", "Home", "End"]); // in a long list of sources

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest && event.target.closest("input, textarea, select");
    if (field && event.key !== "Escape" && !event.key.startsWith("Page")) return;
    const onButton = event.target.closest && event.target.closest("button, a[href]");
    if (event.target.closest && event.target.closest("dialog.all") && SCROLLS.has(event.key)) return;
    if (onButton && (event.key === " " || event.key === "Enter")) return;
    const name = event.key === " " && event.shiftKey ? "previous" : BY_KEY[event.key] || BY_CODE[event.code];
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    does[name]();
  }

  function listen(where, frame) {
    const options = { capture: true, signal: gone.signal };
    where.addEventListener("keydown", pressed, options);
    where.addEventListener("pointermove", (event) => {
      if (!pointing) return;
      const box = frame ? frame.getBoundingClientRect() : { left: 0, top: 0 };
      const grown = frame ? grownBy() : 1;
      spot.hidden = false;
      spot.style.left = box.left + event.clientX * grown + "px";
      spot.style.top = box.top + event.clientY * grown + "px";
    }, options);
  }

  const grownBy = () => Math.max(1, Math.min(innerWidth / 1500, innerHeight / 850));
  const LEAST = 0.7; // of the usual size of words, below which they could not be read from the last row
  function fit() {
    root.style.setProperty("--grown", grownBy());
    root.style.setProperty("--bar", document.querySelector(".bar").offsetWidth + "px");
    slides.filter((slide) => slide.classList.contains("laid")).forEach(fitWords);
  }

  /* Words that are too long for their column become smaller; nothing of them is cut off. */
  function fitWords(slide) {
    const words = slide.querySelector(".words");
    const tooLong = () => words.scrollHeight > words.clientHeight || words.scrollWidth > words.clientWidth;
    let size = 1;
    do words.style.setProperty("--shrunk", size); while (tooLong() && (size -= 0.05) > LEAST);
  }

  all("[data-do]").forEach((button) => button.addEventListener("click", () => does[button.dataset.do]()));
  all("a[data-source]").forEach(lead);
  if (!host) document.querySelector('[data-do="open"]').remove();
  fit();
  addEventListener("resize", fit, { signal: gone.signal });
  listen(window);
  if (host) {
    listen(host);
    addEventListener("pagehide", () => gone.abort());
    window.focus();
  }
  engine().then(() => show(first()));
  addEventListener("hashchange", () => show(first()), { signal: gone.signal });
  window.presenter = { does, show: (number) => show(number - 1) };
})();
