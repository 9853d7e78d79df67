/* Maps in a file that is opened from a disk: each stands in a frame of its own, as on the page, and all share the
   scripts and the outlines that the file carries once. A map is made when the reader first sees its place. */
(function () {
  "use strict";
  const text = (id) => document.getElementById(id).textContent;
  const options = JSON.parse(text("atlas-options"));

  function open(place) {
    if (place.firstElementChild.tagName === "IFRAME") return;
    const payload = JSON.parse(place.querySelector("script").textContent);
    const frame = document.createElement("iframe");
    frame.title = payload.title;
    place.prepend(frame);
    const inside = frame.contentDocument;
    inside.open();
    inside.write('<!doctype html><html lang="' + document.documentElement.lang + '"><body><div id="map_div"></div></body></html>');
    inside.close();
    for (const [tag, id, parent] of [["style", "atlas-style", inside.head], ["script", "atlas-engine", inside.body]]) {
      const node = inside.createElement(tag);
      node.textContent = text(id);
      parent.append(node);
    }
    const view = frame.contentWindow;
    // what the atlas would tell its server is told to the place of the map
    view.Streamlit = { setComponentValue: (told) => place.dispatchEvent(new CustomEvent("told", { detail: told })) };
    const map = view.L.map("map_div", { ...options.map, crs: view.L.CRS.Simple, zoomControl: false });
    view.L.control.zoom({ position: "bottomright" }).addTo(map);
    const ground = { ...options.ground, fine: [] };
    view.limitrophe.open(map, ground);
    view.limitrophe.paint(map, payload).addTo(map);
    fine().then((url) => url && ground.fine.push(url));
  }

  /* Outlines for a close look, packed; a browser that cannot unpack them keeps those of the first view. */
  let unpacked = null;
  function fine() {
    const packed = document.getElementById("atlas-fine");
    if (!packed || !window.DecompressionStream) return Promise.resolve(null);
    return (unpacked = unpacked || unpack(packed.textContent));
  }

  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = await new Response(stream).blob();
    return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  }

  const places = [...document.querySelectorAll(".atlas-map")];
  const watch = new IntersectionObserver((seen) => seen.forEach((one) => one.isIntersecting && open(one.target)), { rootMargin: "200px" });
  places.forEach((place) => watch.observe(place));
  addEventListener("beforeprint", () => places.forEach(open));
})();
