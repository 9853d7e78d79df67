/* What a reader of a narrow window cannot get at: a page that scrolls sideways, what lies beyond its edge outside of any
   scroller, and words that something cuts off without an ellipsis. Charts and canvases have a table beside them. */
() => {
  const main = document.querySelector("[data-testid=stMain]");
  const wide = document.documentElement.clientWidth;
  const elsewhere = ".js-plotly-plot, [data-testid=stDataFrame], [data-testid=stTooltipContent], input[type=range]";
  const up = (element, holds) => {
    for (let above = element.parentElement; above && above !== main; above = above.parentElement) if (holds(above)) return above;
    return null;
  };
  const overflow = (element) => getComputedStyle(element).overflowX;
  const ends = (element) => getComputedStyle(element).textOverflow === "ellipsis";
  const scrolls = (element) => /auto|scroll/.test(overflow(element)) && element.scrollWidth > element.clientWidth;
  const cuts = (element) => /hidden|clip/.test(overflow(element)) && element.clientWidth > 1;
  const cut = (element, box) => {
    const holder = up(element, cuts);
    return (cuts(element) && element.scrollWidth > element.clientWidth + 1 && !ends(element)) ||
      (holder && box.right > holder.getBoundingClientRect().right + 2 && !ends(holder));
  };
  const sideways = [document.documentElement.scrollWidth - wide, main.scrollWidth - main.clientWidth];
  const found = sideways.filter((pixels) => pixels > 0).map((pixels) => pixels + " px sideways");
  for (const element of main.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    const shown = box.width && box.height && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!shown || element.closest(elsewhere) || up(element, scrolls)) continue;
    const words = element.tagName === "INPUT" ? element.value : element.children.length ? "" : element.textContent.trim();
    if (box.right > wide + 1 || (words && cut(element, box))) found.push(element.tagName + ": " + (words || element.className).slice(0, 60));
  }
  return found;
}
