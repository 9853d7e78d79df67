/* Where the Tab key leads to, numbered: options of one choice are one stop, and arrows move among them. */
() => {
  const controls = "[data-testid=stMain] :is(input, button, select, textarea, a[href], summary)";
  const together = "[role=radio], input[type=radio], input[type=file], [data-testid=stDataFrame] *, .js-plotly-plot *";
  const stops = [...document.querySelectorAll(controls)].filter((one) =>
    one.tabIndex >= 0 && !one.disabled && !one.matches(together) && one.checkVisibility({ visibilityProperty: true }));
  stops.forEach((one, number) => (one.dataset.stop = number));
  return stops.map((one) => one.tagName + ": " + (one.getAttribute("aria-label") || one.textContent).trim().slice(0, 60));
}
