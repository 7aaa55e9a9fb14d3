(function () {
  "use strict";

  const data = JSON.parse(document.getElementById("charts").textContent);
  const root = document.documentElement;
  root.classList.add("scripted");
  // What is null is left out where it was written.
  const trials = data.trials.map(trial => Object.assign({ value: null }, trial));
  const better = data.goal === "minimize" ? (a, b) => a < b : (a, b) => a > b;
  const byNumber = new Map(trials.map(trial => [trial.n, trial]));
  const ended = trials.filter(trial => trial.value !== null);
  const byId = id => document.getElementById(id);
  const filters = new Map();
  let chosen = null;
  let shown = trials;

  // The value is an axis like any other; so is a parameter that all trials share, but it tells nothing.
  const axes = data.params.map((param, i) => Object.assign({ of: trial => trial.at[i] }, param))
    .filter(axis => new Set(trials.map(axis.of)).size > 1);
  axes.push({ path: data.metric, label: data.metric, log: false, categories: [], of: trial => trial.value, isValue: true });

  const short = value => {
    const size = Math.abs(value);
    const text = size !== 0 && (size < 1e-3 || size >= 1e7) ? value.toExponential(Math.abs(value).toExponential().startsWith("1e") ? 0 : 1)
      : String(Number(value.toPrecision(4)));
    return text.replace("-", "\u2212");
  };
  const text = (axis, value) => value === null ? "\u2013" : axis.categories.length ? String(value) : short(value);

  let color = {};
  function readColors() {
    const style = getComputedStyle(root);
    for (const name of ["ink", "soft", "faint", "line", "grid", "card", "train", "validation", "test", "rejected", "baseline"]) {
      color[name] = style.getPropertyValue("--" + name).trim();
    }
    color.font = style.fontFamily;
  }
  const stateColor = state => ({ finished: color.test, pruned: color.faint, failed: color.rejected,
    cancelled: color.rejected, paused: color.validation, running: color.train })[state] || color.faint;

  // Where most values lie: one that went astray must not press the others into a line.
  function span(values) {
    const sorted = values.filter(v => v !== null && isFinite(v)).sort((a, b) => a - b);
    if (!sorted.length) { return [0, 1]; }
    let low = sorted[0], high = sorted[sorted.length - 1];
    const at = share => sorted[Math.floor(share * (sorted.length - 1))];
    const reach = 2 * (at(0.75) - at(0.25));
    if (reach > 0 && data.goal === "minimize") { high = Math.min(high, at(0.75) + reach); }
    if (reach > 0 && data.goal !== "minimize") { low = Math.max(low, at(0.25) - reach); }
    if (low === high) { low -= Math.abs(low) * 0.05 || 1; high += Math.abs(high) * 0.05 || 1; }
    const pad = 0.04 * (high - low);
    return [low - pad, high + pad];
  }

  function scale(axis, from, to) {
    if (axis.categories.length) {
      const step = (to - from) / axis.categories.length;
      const at = value => from + step * (axis.categories.indexOf(String(value)) + 0.5);
      return { at: at, ticks: axis.categories.map(c => [at(c), c]) };
    }
    const values = trials.map(axis.of).filter(v => v !== null);
    let low = Math.min(...values), high = Math.max(...values);
    if (axis.isValue) { [low, high] = span(values); }
    const log = axis.log && low > 0, whole = values.every(v => v === Math.round(v));
    if (low === high) { high = low + (Math.abs(low) || 1); }
    const f = log ? Math.log10 : v => v;
    const at = v => from + (to - from) * Math.max(0, Math.min(1, (f(v) - f(low)) / (f(high) - f(low))));
    const few = axis.isValue ? [] : Array.from(new Set(values)).sort((a, b) => a - b);
    const marks = few.length > 0 && few.length <= 8 && (to - from) * (to - from) > 1e4 ? spaced(few.map(v => [at(v), short(v)])) : null;
    return { at: at, ticks: marks || ticks(low, high, log, Math.max(2, Math.abs(to - from) / (axis.dense || 55)))
        .filter(v => !whole || v === Math.round(v)).map(v => [at(v), short(v)]),
      back: p => { const share = (p - from) / (to - from); const v = f(low) + share * (f(high) - f(low)); return log ? Math.pow(10, v) : v; } };
  }

  // Without those that would stand on the one before.
  function spaced(marks) {
    const kept = [];
    for (const mark of marks) {
      if (!kept.length || Math.abs(mark[0] - kept[kept.length - 1][0]) > 14) { kept.push(mark); }
    }
    return kept;
  }

  function ticks(low, high, log, count) {
    const found = [];
    if (log) {
      for (const factors of [[1], [1, 3], [1, 2, 5]]) {
        found.length = 0;
        for (let e = Math.floor(Math.log10(low)); e <= Math.log10(high); e++) {
          factors.forEach(m => { const v = m * Math.pow(10, e); if (v >= low * 0.999 && v <= high * 1.001) { found.push(v); } });
        }
        if (found.length >= 3) { break; }
      }
      if (found.length < 2) { return ticks(low, high, false, count); }
      const each = Math.ceil(found.length / count);
      return found.filter((v, i) => i % each === 0);
    }
    const rough = (high - low) / count, unit = Math.pow(10, Math.floor(Math.log10(rough)));
    const step = [1, 2, 5, 10].map(m => m * unit).find(s => s >= rough);
    for (let i = Math.ceil(low / step); i * step <= high + 1e-9 * step; i++) { found.push(Number((i * step).toPrecision(12))); }
    return found;
  }

  // Boards: a canvas each, drawn again whenever something changes.
  const boards = [];
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  document.body.appendChild(tip);

  function board(place, draw, near, least) {
    const canvas = document.createElement("canvas");
    place.appendChild(canvas);
    const it = { place: place, canvas: canvas, marks: [], least: least || 0, height: Number(place.dataset.height) };
    it.draw = () => {
      const width = Math.max(it.least, Math.floor(place.clientWidth));
      if (!width) { return; }
      const ratio = root.dataset.printing === undefined ? Math.min(3, window.devicePixelRatio || 1) : 2;
      canvas.width = width * ratio;
      canvas.height = it.height * ratio;
      canvas.style.width = width + "px";
      canvas.style.height = it.height + "px";
      const pen = canvas.getContext("2d");
      pen.scale(ratio, ratio);
      pen.font = "11.5px " + color.font;
      pen.lineJoin = "round";
      it.marks = [];
      draw(pen, width, it.height, it);
    };
    canvas.addEventListener("pointermove", event => {
      const mark = near(it, event.offsetX, event.offsetY);
      canvas.style.cursor = mark ? "pointer" : it.cursor ? it.cursor(event.offsetX) : "default";
      tip.hidden = !mark;
      if (mark) {
        tip.textContent = "";
        mark.lines.forEach((line, i) => {
          const row = tip.appendChild(document.createElement(i ? "div" : "b"));
          row.textContent = line;
        });
        const box = canvas.getBoundingClientRect();
        const left = Math.min(box.left + event.offsetX + 14, root.clientWidth - tip.offsetWidth - 6);
        tip.style.left = Math.max(4, left) + window.scrollX + "px";
        tip.style.top = box.top + event.offsetY + 16 + window.scrollY + "px";
      }
    });
    canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
    canvas.addEventListener("click", event => {
      const mark = near(it, event.offsetX, event.offsetY);
      if (mark && !it.dragged) { choose(mark.trial); }
    });
    boards.push(it);
    return it;
  }

  const nearest = reach => (it, x, y) => {
    let best = null, least = reach * reach;
    for (const mark of it.marks) {
      const d = (mark.x - x) * (mark.x - x) + (mark.y - y) * (mark.y - y);
      if (d < least) { least = d; best = mark; }
    }
    return best;
  };
  const named = trial => ["Trial " + trial.n + ", " + trial.state, data.metric + "  " + (trial.value === null ? "\u2013" : short(trial.value))];

  function mark(pen, x, y, trial, dim) {
    pen.globalAlpha = dim ? 0.12 : 0.85;
    pen.strokeStyle = pen.fillStyle = trial === chosen ? color.validation : stateColor(trial.state);
    pen.lineWidth = 1.4;
    const r = trial === chosen ? 6 : ended.length > 500 ? 2.4 : 3.6;
    pen.beginPath();
    if (trial.state === "finished") {
      pen.arc(x, y, r, 0, 7);
      pen.fill();
    } else if (trial.state === "pruned") {
      pen.moveTo(x - r, y - r * 0.8);
      pen.lineTo(x + r, y - r * 0.8);
      pen.lineTo(x, y + r);
      pen.closePath();
      pen.stroke();
    } else if (trial.state === "failed" || trial.state === "cancelled") {
      pen.moveTo(x - r, y - r);
      pen.lineTo(x + r, y + r);
      pen.moveTo(x + r, y - r);
      pen.lineTo(x - r, y + r);
      pen.stroke();
    } else {
      pen.arc(x, y, r, 0, 7);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  function clip(pen, label, room) {
    let cut = label;
    while (cut.length > 2 && pen.measureText(cut).width > room) { cut = cut.slice(0, -2) + "\u2026"; }
    return cut;
  }

  function frame(pen, width, height, x, y, name) {
    pen.strokeStyle = color.grid;
    pen.fillStyle = color.soft;
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (const [at, label] of y.ticks) {
      pen.beginPath();
      pen.moveTo(y.left, Math.round(at) + 0.5);
      pen.lineTo(width - 8, Math.round(at) + 0.5);
      pen.stroke();
      pen.fillText(label, y.left - 6, at);
    }
    pen.textBaseline = "top";
    pen.textAlign = "center";
    const room = (width - y.left) / Math.max(1, x.ticks.length) - 6;
    let until = -Infinity;
    for (const [at, label] of x.ticks) {
      const short = x.isSet ? clip(pen, label, room) : label;
      const half = pen.measureText(short).width / 2;
      const middle = Math.max(y.left + half - 4, Math.min(width - 4 - half, at));
      if (middle - half > until + 6 || x.isSet) {
        pen.fillText(short, middle, height - (name ? 30 : 17));
        until = middle + half;
      }
    }
    if (name) { pen.fillText(name, (y.left + width) / 2, height - 14); }
  }

  function valueScale(pen, values, top, bottom) {
    const [low, high] = span(values);
    const at = v => bottom + (top - bottom) * Math.max(0, Math.min(1, (v - low) / (high - low)));
    const marks = ticks(low, high, false, Math.max(2, (bottom - top) / 48)).map(v => [at(v), short(v)]);
    return { at: at, ticks: marks, left: Math.max(...marks.map(t => pen.measureText(t[1]).width), 20) + 12 };
  }

  // How it went.
  if (byId("history-plot")) {
    board(byId("history-plot"), (pen, width, height, it) => {
      const y = valueScale(pen, ended.map(t => t.value), 26, height - 52);
      const last = Math.max(1, trials[trials.length - 1].n);
      const left = y.left + 8, right = width - 14;
      const at = n => left + (right - left) * n / last;
      const whole = ticks(0, last, false, Math.max(2, width / 90)).filter(v => v === Math.round(v));
      frame(pen, width, height, { ticks: whole.map(v => [at(v), String(v)]) }, y, "trial");
      let best = null, before = null;
      pen.strokeStyle = color.ink;
      pen.lineWidth = 1.6;
      pen.beginPath();
      for (const trial of trials) {
        if (trial.state === "finished" && (best === null || better(trial.value, best))) {
          if (best === null) { pen.moveTo(at(trial.n), y.at(trial.value)); } else { pen.lineTo(at(trial.n), y.at(before)); }
          best = before = trial.value;
          pen.lineTo(at(trial.n), y.at(best));
        }
      }
      if (best !== null) { pen.lineTo(right, y.at(best)); }
      pen.stroke();
      for (const trial of trials) {
        const py = trial.value === null ? height - 42 : y.at(trial.value);
        mark(pen, at(trial.n), py, trial, !shown.includes(trial));
        it.marks.push({ x: at(trial.n), y: py, trial: trial, lines: named(trial) });
      }
      legend(pen, y.left, width);
    }, nearest(14));
  }

  function legend(pen, left, width) {
    let x = left;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const state of ["finished", "pruned", "failed", "cancelled", "paused", "running"]) {
      const one = trials.find(trial => trial.state === state);
      const room = pen.measureText(state).width + 30;
      if (one && x + room < width) {
        mark(pen, x + 6, 9, { state: state }, false);
        pen.fillStyle = color.soft;
        pen.fillText(state, x + 15, 9);
        x += room;
      }
    }
  }

  // Every trial, a line across all axes. What a trial lacks lies below its axis.
  const NONE = 22;
  function mixed(share) {
    const part = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
    const one = color.baseline, other = color.test;
    return "rgb(" + [0, 1, 2].map(i => Math.round(part(one, i) + (part(other, i) - part(one, i)) * share)).join() + ")";
  }
  const rank = new Map();
  ended.slice().sort((a, b) => a.value === b.value ? 0 : better(a.value, b.value) ? -1 : 1)
    .forEach((trial, i) => rank.set(trial, 1 - i / Math.max(1, ended.length - 1)));

  const parallel = byId("parallel-plot") && board(byId("parallel-plot"), (pen, width, height, it) => {
    const top = 52, bottom = height - 14 - NONE;
    const gap = (width - 90) / Math.max(1, axes.length - 1);
    it.axes = axes.map((axis, i) => {
      const flipped = axis.isValue && data.goal === "minimize";
      return { axis: axis, x: axes.length === 1 ? width / 2 : 45 + i * gap, scale: scale(axis, flipped ? top : bottom, flipped ? bottom : top) };
    });
    const lacks = axes.map(axis => trials.some(trial => axis.of(trial) === null));
    const point = (trial, i) => {
      const value = axes[i].of(trial);
      return value === null ? bottom + NONE : it.axes[i].scale.at(value);
    };
    const kept = new Set(shown);
    const line = trial => {
      const ys = axes.map((axis, i) => point(trial, i));
      pen.beginPath();
      ys.forEach((y, i) => i ? pen.lineTo(it.axes[i].x, y) : pen.moveTo(it.axes[0].x, y));
      pen.stroke();
      return ys;
    };
    pen.lineWidth = 1;
    pen.strokeStyle = color.grid;
    trials.filter(trial => !kept.has(trial)).forEach(line);
    const order = shown.slice().sort((a, b) => (rank.has(a) ? rank.get(a) : -1) - (rank.has(b) ? rank.get(b) : -1));
    it.lines = [];
    for (const trial of order) {
      const share = rank.has(trial) ? rank.get(trial) : 0;
      // The best tenth stands out of however many.
      const crowd = Math.max(0.06, Math.min(1, 80 / shown.length));
      pen.globalAlpha = share > 0.9 ? Math.max(0.35, 0.9 * Math.sqrt(crowd)) : (0.15 + 0.35 * share) * crowd;
      pen.lineWidth = trial.n === data.winner ? 2.6 : share > 0.9 ? 1.6 : 1;
      pen.strokeStyle = rank.has(trial) ? mixed(share) : stateColor(trial.state);
      it.lines.push([trial, line(trial)]);
    }
    pen.globalAlpha = 1;
    if (chosen) {
      pen.lineWidth = 2.6;
      pen.strokeStyle = color.validation;
      line(chosen);
    }
    it.axes.forEach((a, i) => {
      pen.strokeStyle = color.faint;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(a.x, top - 4);
      pen.lineTo(a.x, bottom + 4);
      pen.stroke();
      pen.fillStyle = color.ink;
      pen.textAlign = "center";
      pen.textBaseline = "bottom";
      pen.fillText(clip(pen, a.axis.label, Math.min(2 * gap - 16, i === 0 || i === axes.length - 1 ? Math.max(86, gap - 10) : 400)),
        Math.max(40, Math.min(width - 40, a.x)), i % 2 && gap < 130 ? 20 : 38);
      pen.fillStyle = color.soft;
      const last = i === axes.length - 1;
      pen.textAlign = last ? "right" : "left";
      pen.textBaseline = "middle";
      const x = a.x + (last ? -6 : 6);
      for (const [y, label] of a.scale.ticks) { halo(pen, clip(pen, label, Math.max(30, gap - (i === axes.length - 2 ? 50 : 16))), x, y); }
      if (lacks[i]) { halo(pen, "not set", x, bottom + NONE); }
      const filter = filters.get(a.axis.path);
      if (filter) {
        const ends = brushEnds(a, filter);
        if (ends) {
          pen.fillStyle = color.validation;
          pen.globalAlpha = 0.3;
          pen.fillRect(a.x - 8, Math.min(...ends), 16, Math.max(3, Math.abs(ends[1] - ends[0])));
          pen.globalAlpha = 1;
        }
      }
    });
  }, (it, x, y) => {
    let best = null, least = 7;
    if (!it.axes || y < 46) { return null; }
    const right = it.axes.findIndex(a => a.x >= x);
    if (right < 1) { return null; }
    const from = it.axes[right - 1].x, share = (x - from) / (it.axes[right].x - from);
    for (const [trial, ys] of it.lines) {
      const d = Math.abs(ys[right - 1] + (ys[right] - ys[right - 1]) * share - y);
      if (d <= least) { least = d; best = trial; }
    }
    return best && !it.drag ? { trial: best, lines: named(best) } : null;
  }, 90 * axes.length);

  function halo(pen, label, x, y) {
    pen.strokeStyle = color.card;
    pen.lineWidth = 3;
    pen.strokeText(label, x, y);
    pen.fillText(label, x, y);
  }

  function brushEnds(a, filter) {
    if (filter.set) {
      const ys = a.axis.categories.filter(c => filter.set.has(c)).map(c => a.scale.at(c));
      const half = 10;
      return ys.length ? [Math.min(...ys) - half, Math.max(...ys) + half] : null;
    }
    const values = trials.map(a.axis.of).filter(v => v !== null);
    return [a.scale.at(filter.low === null ? Math.min(...values) : filter.low), a.scale.at(filter.high === null ? Math.max(...values) : filter.high)];
  }

  if (parallel) {
    const canvas = parallel.canvas;
    const axisAt = x => parallel.axes.find(a => Math.abs(a.x - x) < 13);
    parallel.cursor = x => axisAt(x) ? "ns-resize" : "default";
    canvas.addEventListener("pointerdown", event => {
      const a = axisAt(event.offsetX);
      parallel.dragged = false;
      if (a && event.pointerType !== "touch" && event.offsetY > 44) {
        parallel.drag = { axis: a, from: event.offsetY };
        canvas.setPointerCapture(event.pointerId);
      }
    });
    canvas.addEventListener("pointermove", event => {
      const drag = parallel.drag;
      if (!drag || Math.abs(event.offsetY - drag.from) < 4) { return; }
      parallel.dragged = true;
      const low = Math.min(drag.from, event.offsetY), high = Math.max(drag.from, event.offsetY);
      const axis = drag.axis.axis;
      if (axis.categories.length) {
        setFilter(axis, { set: new Set(axis.categories.filter(c => { const y = drag.axis.scale.at(c); return y >= low && y <= high; })) });
      } else {
        const one = drag.axis.scale.back(low), other = drag.axis.scale.back(high);
        const round = v => Number(v.toPrecision(4));
        setFilter(axis, { low: round(Math.min(one, other)), high: round(Math.max(one, other)) });
      }
    });
    canvas.addEventListener("pointerup", () => {
      const drag = parallel.drag;
      parallel.drag = null;
      if (drag && !parallel.dragged && filters.has(drag.axis.axis.path)) {
        setFilter(drag.axis.axis, null);
        parallel.dragged = true;
      }
    });
  }

  // Filters, by brush or by typing.
  function setFilter(axis, filter) {
    if (filter) { filters.set(axis.path, filter); } else { filters.delete(axis.path); }
    apply();
  }

  function apply() {
    const rules = axes.filter(axis => filters.has(axis.path)).map(axis => {
      const filter = filters.get(axis.path);
      return trial => {
        const value = axis.of(trial);
        return value !== null && (filter.set ? filter.set.has(String(value))
          : (filter.low === null || value >= filter.low) && (filter.high === null || value <= filter.high));
      };
    });
    shown = trials.filter(trial => rules.every(rule => rule(trial)));
    const kept = new Set(shown.map(trial => String(trial.n)));
    for (const row of byId("trials").tBodies[0].rows) { row.hidden = !kept.has(row.dataset.trial); }
    byId("shown").textContent = rules.length ? shown.length + " of " + trials.length + " trials" : "All " + trials.length + " trials";
    byId("reset").disabled = !rules.length;
    inputs.forEach(sync => sync());
    later();
  }

  const inputs = [];
  function filterForm(place) {
    for (const axis of axes) {
      const box = place.appendChild(document.createElement("fieldset"));
      box.appendChild(document.createElement("legend")).textContent = axis.path;
      const input = (type, label) => {
        const wrap = box.appendChild(document.createElement("label"));
        const field = document.createElement("input");
        field.type = type;
        const name = document.createElement("span");
        name.textContent = label;
        type === "checkbox" ? wrap.append(field, name) : wrap.append(name, field);
        return field;
      };
      if (axis.categories.length) {
        const fields = axis.categories.map(category => [category, input("checkbox", category)]);
        fields.forEach(pair => pair[1].addEventListener("change", () => {
          const set = new Set(fields.filter(f => f[1].checked).map(f => f[0]));
          setFilter(axis, set.size === fields.length ? null : { set: set });
        }));
        inputs.push(() => fields.forEach(f => { f[1].checked = !filters.has(axis.path) || filters.get(axis.path).set.has(f[0]); }));
      } else {
        const low = input("number", "from"), high = input("number", "to");
        low.step = high.step = "any";
        const read = field => field.value === "" ? null : Number(field.value);
        [low, high].forEach(field => field.addEventListener("change", () =>
          setFilter(axis, read(low) === null && read(high) === null ? null : { low: read(low), high: read(high) })));
        inputs.push(() => {
          const filter = filters.get(axis.path) || { low: null, high: null };
          low.value = filter.low === null ? "" : filter.low;
          high.value = filter.high === null ? "" : filter.high;
        });
      }
    }
    inputs.forEach(sync => sync());
  }

  function choose(trial) {
    chosen = chosen === trial ? null : trial;
    const place = byId("chosen");
    place.textContent = "";
    for (const row of byId("trials").tBodies[0].rows) {
      const isIt = chosen !== null && row.dataset.trial === String(chosen.n);
      row.classList.toggle("picked", isIt);
      row.querySelector(".pick").setAttribute("aria-pressed", String(isIt));
      if (isIt) {
        const scroll = row.closest(".scroll");
        if (row.offsetTop < scroll.scrollTop + 30 || row.offsetTop > scroll.scrollTop + scroll.clientHeight - 40) {
          scroll.scrollTop = row.offsetTop - 60;
        }
        const line = (tag, content) => { place.appendChild(document.createElement(tag)).textContent = content; };
        line("h3", named(chosen).join(", "));
        line("p", data.params.map((param, i) => [param, chosen.at[i]]).filter(pair => pair[1] !== null)
          .map(pair => pair[0].path + " = " + pair[1]).join(", "));
        line("p", row.cells[row.cells.length - 2].textContent + ", " + row.cells[row.cells.length - 1].textContent);
      }
    }
    later();
  }

  // Slices: how the value goes with each parameter.
  if (byId("slice-plots")) {
    const sliced = axes.filter(axis => !axis.isValue).sort((a, b) => b.importance - a.importance);
    for (const axis of sliced) {
      const figure = byId("slice-plots").appendChild(document.createElement("figure"));
      figure.appendChild(document.createElement("h3")).textContent = axis.path;
      const place = figure.appendChild(document.createElement("div"));
      place.className = "board";
      place.dataset.height = "190";
      place.setAttribute("role", "img");
      place.setAttribute("aria-label", data.metric + " over " + axis.path);
      board(place, (pen, width, height, it) => {
        const y = valueScale(pen, ended.map(t => t.value), 8, height - 30);
        const x = scale(Object.assign({}, axis, { dense: 70 }), y.left + 8, width - 12);
        frame(pen, width, height, { ticks: x.ticks, isSet: axis.categories.length > 0 }, y, "");
        const kept = new Set(shown);
        const at = trial => {
          const spread = axis.categories.length ? ((trial.n * 0.618) % 1 - 0.5) * Math.min(36, 0.5 * (width - y.left) / axis.categories.length) : 0;
          return x.at(axis.of(trial)) + spread;
        };
        for (const trial of ended.filter(trial => axis.of(trial) !== null)) {
          mark(pen, at(trial), y.at(trial.value), trial, !kept.has(trial));
          it.marks.push({ x: at(trial), y: y.at(trial.value), trial: trial, lines: named(trial).concat(axis.label + "  " + text(axis, axis.of(trial))) });
        }
      }, nearest(12));
    }
  }

  // Learning curves.
  if (byId("curves-plot")) {
    const drawn = trials.filter(trial => trial.reports.length > 0);
    board(byId("curves-plot"), (pen, width, height, it) => {
      const y = valueScale(pen, [].concat(...drawn.map(t => t.reports.map(r => r[1]))), 10, height - 40);
      const last = Math.max(2, ...drawn.map(t => t.reports[t.reports.length - 1][0]));
      const left = y.left + 6, right = width - 14;
      const at = epoch => left + (right - left) * (epoch - 1) / (last - 1);
      const whole = [1].concat(ticks(2, last, false, Math.max(2, width / 90)).filter(v => v === Math.round(v)));
      frame(pen, width, height, { ticks: whole.map(v => [at(v), String(v)]) }, y, data.counted);
      const stops = new Map();
      drawn.filter(t => t.state === "pruned" || t.state === "paused").forEach(t => {
        const epoch = t.reports[t.reports.length - 1][0];
        stops.set(epoch, (stops.get(epoch) || 0) + 1);
      });
      pen.setLineDash([4, 4]);
      pen.strokeStyle = color.faint;
      Array.from(stops).sort((a, b) => b[1] - a[1]).slice(0, 8).forEach(stop => {
        pen.beginPath();
        pen.moveTo(at(stop[0]), 8);
        pen.lineTo(at(stop[0]), height - 40);
        pen.stroke();
      });
      pen.setLineDash([]);
      const kept = new Set(shown);
      const path = (trial, alpha, wide) => {
        pen.globalAlpha = alpha;
        pen.lineWidth = wide;
        pen.strokeStyle = trial === chosen ? color.validation : stateColor(trial.state);
        pen.beginPath();
        trial.reports.forEach((report, i) => i ? pen.lineTo(at(report[0]), y.at(report[1])) : pen.moveTo(at(report[0]), y.at(report[1])));
        pen.stroke();
        const end = trial.reports[trial.reports.length - 1];
        if (alpha > 0.15) { mark(pen, at(end[0]), y.at(end[1]), trial, false); }
      };
      const base = Math.max(0.25, Math.min(0.8, 60 / drawn.length));
      for (const trial of drawn) {
        path(trial, kept.has(trial) ? base : 0.06, 1.2);
        const step = Math.ceil(trial.reports.length / 40);
        trial.reports.filter((r, i) => i % step === 0 || i === trial.reports.length - 1).forEach(r => it.marks.push(
          { x: at(r[0]), y: y.at(r[1]), trial: trial, lines: named(trial).concat("after " + r[0] + " " + data.counted + "  " + short(r[1])) }));
      }
      drawn.filter(t => t.n === data.winner || t === chosen).forEach(t => path(t, 1, 2.6));
      pen.globalAlpha = 1;
    }, nearest(10));
  }

  // Who trained what, and when.
  if (byId("workers-plot")) {
    const segments = data.segments, workers = 1 + Math.max(...segments.map(s => s[1]));
    const place = byId("workers-plot");
    place.dataset.height = String(workers * 24 + 34);
    const since = Math.min(...segments.map(s => s[2])), until = Math.max(...segments.map(s => s[3]), since + 1000);
    board(place, (pen, width, height, it) => {
      const left = 66, right = width - 12, seconds = (until - since) / 1000;
      const unit = seconds > 7200 ? [3600, " h"] : seconds > 180 ? [60, " min"] : [1, " s"];
      const at = time => left + (right - left) * (time - since) / (until - since);
      pen.fillStyle = color.soft;
      pen.textBaseline = "middle";
      pen.textAlign = "left";
      for (let w = 0; w < workers; w++) { pen.fillText("worker " + w, 4, 14 + w * 24); }
      pen.textAlign = "center";
      pen.textBaseline = "top";
      ticks(0, seconds / unit[0], false, Math.max(2, width / 110)).forEach(v => {
        const x = at(since + v * unit[0] * 1000);
        pen.strokeStyle = color.grid;
        pen.beginPath();
        pen.moveTo(x, 2);
        pen.lineTo(x, workers * 24 + 4);
        pen.stroke();
        if (x < right - 14) { pen.fillText(short(v) + unit[1], Math.max(left + 8, x), workers * 24 + 12); }
      });
      const kept = new Set(shown.map(trial => trial.n));
      pen.textBaseline = "middle";
      for (const s of segments) {
        const trial = byNumber.get(s[0]);
        const x = at(s[2]), wide = Math.max(1.5, at(s[3]) - x - 1);
        pen.globalAlpha = kept.has(s[0]) ? 0.8 : 0.15;
        pen.fillStyle = trial === chosen ? color.validation : stateColor(s[6]);
        pen.fillRect(x, 4 + s[1] * 24, wide, 19);
        pen.globalAlpha = 1;
        pen.fillStyle = color.card;
        if (wide > pen.measureText(String(s[0])).width + 6) { pen.fillText(String(s[0]), x + wide / 2, 14 + s[1] * 24); }
        it.marks.push({ x: x, wide: wide, y: 4 + s[1] * 24, trial: trial, lines: ["Trial " + s[0] + ", " + s[6],
          data.counted + " " + s[4] + " to " + s[5], short((s[3] - s[2]) / 1000) + " s"] });
      }
    }, (it, x, y) => it.marks.find(m => m.trial && x >= m.x - 1 && x <= m.x + m.wide + 1 && y >= m.y && y <= m.y + 19) || null);
  }

  // The best, trained again: a row a trial, a dot a seed, a bar at their mean, a ring where the search had it.
  if (byId("confirmed-plot")) {
    const rows = data.confirmed;
    const place = byId("confirmed-plot");
    place.dataset.height = String(rows.length * 30 + 34);
    board(place, (pen, width, height, it) => {
      const before = rows.map(row => byNumber.get(row.n)).filter(t => t && t.value !== null).map(t => t.value);
      const all = [].concat(before, ...rows.map(row => row.values));
      const low = Math.min(...all), high = Math.max(...all), room = high - low || Math.abs(high) || 1;
      const left = 76, right = width - 24;
      const at = v => left + (right - left) * (v - low + 0.03 * room) / (1.06 * room);
      frame(pen, width, height, { ticks: ticks(low, high, false, Math.max(2, width / 110)).map(v => [at(v), short(v)]) },
        { ticks: rows.map((row, i) => [18 + i * 30, "trial " + row.n]), left: left }, "");
      rows.forEach((row, i) => {
        const y = 18 + i * 30, trial = byNumber.get(row.n);
        const mean = row.values.reduce((a, b) => a + b, 0) / row.values.length;
        pen.fillStyle = pen.strokeStyle = i === 0 ? color.test : color.soft;
        pen.fillRect(at(mean) - 1.5, y - 11, 3, 22);
        row.values.forEach(v => {
          pen.globalAlpha = 0.7;
          pen.beginPath();
          pen.arc(at(v), y, 4, 0, 7);
          pen.fill();
          it.marks.push({ x: at(v), y: y, trial: trial, lines: ["Trial " + row.n, "a fresh seed  " + short(v), "mean  " + short(mean)] });
        });
        pen.globalAlpha = 1;
        if (trial && trial.value !== null) {
          pen.strokeStyle = color.validation;
          pen.lineWidth = 1.6;
          pen.beginPath();
          pen.arc(at(trial.value), y, 6, 0, 7);
          pen.stroke();
          it.marks.push({ x: at(trial.value), y: y, trial: trial, lines: ["Trial " + row.n, "in the search  " + short(trial.value)] });
        }
      });
    }, nearest(10));
  }

  let waiting = false;
  function later() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => { waiting = false; draw(); });
    }
  }
  function draw() {
    readColors();
    boards.forEach(it => it.draw());
  }

  if (byId("filters")) { filterForm(byId("filters")); }
  if (byId("trials")) {
    byId("reset").disabled = true;
    byId("reset").addEventListener("click", () => { filters.clear(); apply(); });
    byId("trials").tBodies[0].addEventListener("click", event => {
      const row = event.target.closest("tr");
      if (row && !String(getSelection())) { choose(byNumber.get(Number(row.dataset.trial))); }
    });
  }
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && chosen) { choose(chosen); }
  });

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => head.addEventListener("click", () => {
      const numeric = head.classList.contains("number");
      const before = head.getAttribute("aria-sort");
      const order = before === "ascending" ? "descending" : "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      const key = row => numeric ? parseFloat(row.cells[column].dataset.value || "NaN") : row.cells[column].textContent;
      const sign = order === "ascending" ? 1 : -1;
      const compare = numeric ? (a, b) => (isNaN(a) - isNaN(b)) || sign * (a - b)
        : (a, b) => sign * a.localeCompare(b, "en", { numeric: true });
      const body = table.tBodies[0];
      Array.from(body.rows).map(row => [key(row), row]).sort((a, b) => compare(a[0], b[0])).forEach(pair => body.appendChild(pair[1]));
    }));
  }

  draw();
  new ResizeObserver(later).observe(document.querySelector("main"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", later);
  window.addEventListener("beforeprint", () => { root.dataset.printing = ""; draw(); });
  window.addEventListener("afterprint", () => { delete root.dataset.printing; draw(); });
})();
