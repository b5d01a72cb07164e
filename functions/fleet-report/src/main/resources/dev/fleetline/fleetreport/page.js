(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("plots").textContent);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const ink = () => colour("muted");
  const rule = () => colour("rule");
  const font = "12px system-ui, sans-serif";

  const lines = (plot) => (u) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.font = Math.round(12 * devicePixelRatio) + "px system-ui, sans-serif";
    ctx.textAlign = "left";
    for (const line of plot.lines) {
      const x = Math.round(u.valToPos(line.value, "x", true));
      ctx.strokeStyle = ctx.fillStyle = colour(line.name);
      ctx.lineWidth = 2 * devicePixelRatio;
      ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  };

  const draw = (place, plot) => {
    const middles = plot.now.map((_, i) => plot.from + (i + 0.5) * plot.width);
    const end = plot.from + plot.now.length * plot.width;
    const bars = (size) => uPlot.paths.bars({ size: [size, Infinity], align: 0 });
    const axis = { stroke: ink, font, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule, width: 1 } };
    const series = [
      {},
      { label: "now", stroke: () => colour("now"), fill: () => colour("now"), paths: bars(0.9), points: { show: false } },
    ];
    const values = [middles, plot.now];
    if (plot.before) {
      series.push({ label: "the night before", stroke: () => colour("before"), width: 2, paths: bars(0.5), points: { show: false } });
      values.push(plot.before);
    }
    return new uPlot({
      width: Math.max(200, place.clientWidth),
      height: 220,
      scales: { x: { time: false, range: [plot.from, end] }, y: { range: (u, min, max) => [0, Math.max(1, max) * 1.1] } },
      axes: [
        { ...axis, space: 44, label: plot.unit, labelFont: font, labelSize: 18 },
        { ...axis, size: 56, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000] },
      ],
      series,
      legend: { show: false },
      cursor: { show: false },
      hooks: { draw: [lines(plot)] },
    }, values, place);
  };

  const drawn = Object.entries(data).map(([id, plot]) => {
    const place = document.getElementById(id);
    return { place, plot: draw(place, plot) };
  });
  const again = () => drawn.forEach(({ plot }) => plot.redraw(false, true));
  const fit = () => drawn.forEach(({ place, plot }) => {
    if (place.clientWidth > 0 && place.clientWidth !== plot.width) plot.setSize({ width: place.clientWidth, height: 220 });
  });
  new ResizeObserver(fit).observe(document.querySelector("main"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  matchMedia("print").addEventListener("change", again);

  // on paper nothing can be opened
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((one) => { one.open = true; });
    again();
  });
  addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); again(); });

  const show = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", show);
  show();
  document.documentElement.dataset.drawn = "yes";
})();
