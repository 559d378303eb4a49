// A bar for each turn: how long the agent took, what the turn cost.
import { el, svg } from "./text.mjs";
import { formatRoute } from "./route.mjs";

const width = 640;
const height = 96;

// `bars` is a list of {turn, value}; `text` turns a value into words.
export function turnPlot(title, bars, text, route) {
  if (bars.length === 0) return null;
  const most = Math.max(...bars.map((bar) => bar.value));
  const mean = bars.reduce((sum, bar) => sum + bar.value, 0) / bars.length;
  const step = Math.min(36, width / bars.length);
  const columns = bars.map((bar, i) => {
    const tall = most > 0 ? Math.max(1.5, (bar.value / most) * (height - 26)) : 1.5;
    return svg(
      "a",
      { href: formatRoute({ ...route, turn: bar.turn }), "aria-label": "turn " + bar.turn + ": " + text(bar.value) },
      svg("title", {}, "turn " + bar.turn + ": " + text(bar.value)),
      svg("rect", { class: "hit", x: i * step, y: 0, width: step, height }),
      svg("rect", {
        class: bar.value === most ? "bar most" : "bar",
        x: i * step + step * 0.15,
        y: height - 16 - tall,
        width: step * 0.7,
        height: tall,
        rx: 1.5,
      }),
      step >= 14 || i % 5 === 0 ? svg("text", { x: (i + 0.5) * step, y: height - 3 }, bar.turn) : null,
    );
  });
  return el(
    "figure",
    { class: "plot" },
    el("figcaption", {}, title, " ", el("span", { class: "none" }, "mean " + text(mean) + ", most " + text(most))),
    svg(
      "svg",
      {
        viewBox: "0 0 " + Math.max(step * bars.length, 160) + " " + height,
        role: "group",
        "aria-label": title,
        width: Math.max(step * bars.length, 160),
      },
      columns,
    ),
  );
}
