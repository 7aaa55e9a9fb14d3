(function () {
  "use strict";

  const charts = JSON.parse(document.getElementById("charts").textContent);
  const root = document.documentElement;
  const escape = echarts.format.encodeHTML;
  root.classList.add("scripted");

  // Colors come from the style sheet, so that a picture follows the page from light to dark.
  function colors() {
    const style = getComputedStyle(root);
    const named = {};
    for (const name of ["ink", "soft", "faint", "line", "grid", "card", "train", "validation", "test",
      "rejected", "baseline", "density-low", "density-high"]) {
      named[name] = style.getPropertyValue("--" + name).trim();
    }
    named.rate = named.soft;
    return named;
  }

  const minus = text => text.replace("-", "−");
  const grouped = value => value.toLocaleString("en-US", { maximumFractionDigits: 10 });
  const fixed = (value, decimals) => value === null || value === undefined ? "–" : minus(
    value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  const signed = (value, decimals) => (value > 0 ? "+" : "") + fixed(value, decimals);
  const short = value => {
    const size = Math.abs(value);
    return size !== 0 && size < 1e-3 ? minus(value.toExponential(0)) : minus(grouped(Number(value.toPrecision(6))));
  };
  const four = value => value === null ? "–" : minus(String(Number(value.toPrecision(4))));

  function lines(title, entries) {
    return "<b>" + escape(String(title)) + "</b>" + entries.map(entry =>
      "<br>" + escape(entry[0]) + "&ensp;<b>" + escape(String(entry[1])) + "</b>").join("");
  }

  function base(color) {
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(root).fontFamily, color: color.soft },
      tooltip: {
        confine: true, backgroundColor: color.card, borderColor: color.line, padding: [6, 10],
        textStyle: { color: color.ink, fontSize: 12.5 }
      }
    };
  }

  function axis(color, type, more) {
    return Object.assign({
      type: type,
      axisLine: { onZero: false, lineStyle: { color: color.line } },
      axisTick: { show: false },
      axisLabel: Object.assign({ color: color.soft, fontSize: 11.5 },
        type === "category" ? {} : { formatter: short }),
      splitLine: { show: type !== "category", lineStyle: { color: color.grid } },
      nameTextStyle: { color: color.soft, fontSize: 11.5 }
    }, more);
  }

  const below = name => ({ name: name, nameLocation: "middle", nameGap: 26 });
  // A name above the axis reads without tilting the head.
  const above = (color, name, top) => ({ text: name, left: 0, top: top, padding: [0, 6],
    textStyle: { color: color.soft, fontSize: 11.5, fontWeight: "normal" } });
  const hair = color => ({ color: color, width: 1, type: [4, 4] });

  function mark(color, data, formatter) {
    return {
      silent: true, symbol: "none", animation: false, lineStyle: hair(color.faint),
      label: { color: color.soft, fontSize: 11, formatter: formatter || "" }, data: data
    };
  }

  // Light below dark, to be seen on any ground.
  function diagonal(color, low, high) {
    const ends = () => [{ coord: [low, low] }, { coord: [high, high] }];
    const styled = style => { const pair = ends(); pair[0].lineStyle = style; return pair; };
    return mark(color, [
      styled({ color: color.card, width: 3, type: "solid", opacity: 0.75 }),
      styled({ color: color.ink, width: 1.2, type: "solid" })]);
  }

  const kinds = {};

  kinds.timeline = function (data, color) {
    const last = data.seconds[data.seconds.length - 1];
    const unit = last > 7200 ? ["hours", 3600] : last > 180 ? ["minutes", 60] : ["seconds", 1];
    const series = data.series.map(s => ({
      type: "line", name: s.name, data: data.seconds.map((at, j) => [at / unit[1], s.values[j]]),
      color: color[s.color], lineStyle: { width: 1.5 }, showSymbol: false, connectNulls: false
    }));
    return Object.assign(base(color), {
      grid: { left: 8, right: 18, top: 44, bottom: 24, containLabel: true },
      legend: data.series.length > 1
        ? { top: 0, left: 0, itemWidth: 14, itemHeight: 8, icon: "roundRect", textStyle: { color: color.soft } }
        : undefined,
      xAxis: axis(color, "value", Object.assign(below(unit[0]), {
        min: 0, max: last / unit[1], splitLine: { show: false },
        axisLabel: { color: color.soft, fontSize: 11.5, formatter: short, showMaxLabel: false } })),
      yAxis: axis(color, "value", { min: 0 }),
      tooltip: Object.assign(base(color).tooltip, {
        trigger: "axis", axisPointer: { lineStyle: { color: color.line } },
        formatter: items => lines(four(items[0].value[0]) + " " + unit[0],
          items.filter(item => item.value[1] !== null).map(item => [item.seriesName, four(item.value[1])]))
      }),
      series: series
    });
  };

  // So many runs that no list of hand-picked colors would do: hues as far apart as can be.
  kinds.overlay = function (data, color) {
    const values = [].concat(...data.series.map(s => s.points.map(p => p[1]))).filter(v => v > 0);
    const all = [].concat(...data.series.map(s => s.points)).length;
    const wide = values.length === all && Math.max(...values) > 20 * Math.min(...values);
    return Object.assign(base(color), {
      grid: { left: 8, right: 18, top: 24 + 20 * Math.ceil(data.series.length / 4), bottom: 24, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, icon: "roundRect", textStyle: { color: color.soft } },
      xAxis: axis(color, "value", Object.assign(below("epoch"), { minInterval: 1, splitLine: { show: false } })),
      yAxis: axis(color, wide ? "log" : "value", { scale: true }),
      tooltip: Object.assign(base(color).tooltip, {
        trigger: "item", formatter: item => lines(item.seriesName, [["epoch", item.value[0]], ["value", short(item.value[1])]])
      }),
      series: data.series.map((s, i) => ({
        type: "line", name: s.name, data: s.points, color: "hsl(" + Math.round(210 + 137.508 * i) % 360 + ", 55%, 50%)",
        lineStyle: { width: 2, type: ["solid", "dashed", "dotted"][Math.floor(i / 7) % 3] }, symbol: "circle", symbolSize: 4,
        showSymbol: s.points.length <= 40, emphasis: { focus: "series" }
      }))
    });
  };

  kinds.curves = function (data, color) {
    const values = [].concat(...data.series.map(s => s.values)).filter(v => v !== null && v > 0);
    const wide = values.length > 0 && data.series[0].color !== "rate" && Math.max(...values) > 20 * Math.min(...values);
    const few = data.epochs.length <= 40;
    // Below zero a loss has no logarithm: the band ends at the lowest value drawn.
    const floor = wide ? Math.min(...values) : -Infinity;
    const bands = data.series.filter(s => s.low).map(s => {
      const inside = data.epochs.map((epoch, j) => j).filter(j => s.low[j] !== null);
      return {
        type: "custom", name: s.name, color: color[s.color], silent: true, clip: true, z: 1,
        data: [[data.epochs[inside[0]], Math.max(s.low[inside[0]], floor)]],
        renderItem: function (params, api) {
          const at = bound => j => api.coord([data.epochs[j], Math.max(bound[j], floor)]);
          return {
            type: "polygon", style: { fill: color[s.color], opacity: 0.22 },
            shape: { points: inside.map(at(s.high)).concat(inside.slice().reverse().map(at(s.low))) }
          };
        }
      };
    });
    const reach = [].concat(...data.series.filter(s => s.low).map(s => s.low.concat(s.high))).filter(v => v !== null);
    const series = data.series.map((s, i) => ({
      type: "line", name: s.name, data: data.epochs.map((epoch, j) => [epoch, s.values[j]]),
      color: color[s.color], lineStyle: { width: 2 }, showSymbol: few, symbol: "circle",
      symbolSize: point => point[0] === data.best ? 9 : 4,
      markLine: i === 0 && data.best > 0
        ? mark(color, [{ xAxis: data.best,
          label: { align: data.best > 0.8 * data.epochs.length ? "right" : "center" } }], "best: " + data.best)
        : undefined
    }));
    return Object.assign(base(color), {
      grid: { left: 8, right: 18, top: 44, bottom: 24, containLabel: true },
      legend: data.series.length > 1
        ? { top: 0, left: 0, itemWidth: 14, itemHeight: 8, icon: "roundRect", textStyle: { color: color.soft } }
        : undefined,
      xAxis: axis(color, "value", Object.assign(below("epoch"), {
        min: data.epochs[0], max: Math.max(data.epochs[data.epochs.length - 1], data.epochs[0] + 1),
        minInterval: 1, splitLine: { show: false } })),
      yAxis: axis(color, wide ? "log" : "value", Object.assign({ scale: true }, reach.length > 0 && !wide
        ? { min: extent => Math.min(extent.min, ...reach), max: extent => Math.max(extent.max, ...reach),
          axisLabel: { color: color.soft, fontSize: 11.5, formatter: short, showMinLabel: false, showMaxLabel: false } }
        : {})),
      tooltip: Object.assign(base(color).tooltip, {
        trigger: "axis", axisPointer: { lineStyle: { color: color.line } },
        formatter: items => {
          const shown = items.filter(item => item.seriesType === "line");
          const j = shown[0].dataIndex;
          return lines("epoch " + shown[0].value[0], shown.map(item => {
            const s = data.series.find(each => each.name === item.seriesName);
            return [item.seriesName, four(item.value[1]) + (s.low && s.low[j] !== null
              ? " (" + four(s.low[j]) + " to " + four(s.high[j]) + ")" : "")];
          }));
        }
      }),
      series: bands.concat(series)
    });
  };

  function square(data, color) {
    const high = data.low + data.width * data.count;
    const both = { min: data.low, max: high, splitNumber: 6,
      axisLabel: { color: color.soft, fontSize: 11.5, formatter: short, showMinLabel: false, showMaxLabel: false } };
    return {
      high: high,
      grid: { left: 8, right: 14, top: 32, bottom: 26, containLabel: true },
      xAxis: axis(color, "value", Object.assign(below("actual " + data.label), both)),
      yAxis: axis(color, "value", Object.assign({}, both)),
      title: above(color, "predicted " + data.label, 6)
    };
  }

  kinds.density = function (data, color) {
    const frame = square(data, color);
    const most = Math.max(...data.cells.map(cell => cell[2]));
    const edge = bin => data.low + bin * data.width;
    const digits = Math.max(0, -Math.floor(Math.log10(data.width)));
    return Object.assign(base(color), frame, {
      tooltip: Object.assign(base(color).tooltip, {
        formatter: item => lines(grouped(item.value[2]) + " rows", [
          ["actual", fixed(edge(item.value[0]), digits) + " to " + fixed(edge(item.value[0] + 1), digits)],
          ["predicted", fixed(edge(item.value[1]), digits) + " to " + fixed(edge(item.value[1] + 1), digits)]])
      }),
      visualMap: {
        show: false, type: "continuous", dimension: 3, min: 0, max: Math.max(1, Math.log10(most)),
        inRange: { color: [color["density-low"], color["density-high"]] }
      },
      series: [{
        type: "custom", data: data.cells.map(cell => cell.concat(Math.log10(cell[2]))),
        encode: { x: 0, y: 1 }, clip: true,
        renderItem: function (params, api) {
          // Whole pixels: else seams show between neighbors.
          const from = api.coord([edge(api.value(0)), edge(api.value(1))]).map(Math.round);
          const until = api.coord([edge(api.value(0) + 1), edge(api.value(1) + 1)]).map(Math.round);
          return {
            type: "rect", style: { fill: api.visual("color") },
            shape: { x: from[0], y: until[1], width: until[0] - from[0], height: from[1] - until[1] }
          };
        }
      }, {
        type: "line", data: [], markLine: diagonal(color, data.low, frame.high)
      }]
    });
  };

  kinds.scatter = function (data, color) {
    const frame = square(data, color);
    return Object.assign(base(color), frame, {
      tooltip: Object.assign(base(color).tooltip, {
        formatter: item => lines(data.label, [["actual", four(item.value[0])], ["predicted", four(item.value[1])]])
      }),
      series: [{
        type: "scatter", data: data.points, symbolSize: data.points.length > 800 ? 4 : 6,
        itemStyle: { color: color.test, opacity: 0.5 }, clip: true,
        markLine: diagonal(color, data.low, frame.high)
      }]
    });
  };

  function bars(data, counts, style, name) {
    const low = data.low || 0;
    return {
      type: "custom", name: name, data: counts.map((count, bin) => [low + bin * data.width, low + (bin + 1) * data.width, count]),
      encode: { x: [0, 1], y: 2 }, itemStyle: style,
      renderItem: function (params, api) {
        const top = api.coord([api.value(0), api.value(2)]);
        const foot = api.coord([api.value(1), 0]);
        return {
          type: "rect", style: api.style(),
          shape: { x: top[0] + 0.5, y: top[1], width: Math.max(1, foot[0] - top[0] - 1), height: foot[1] - top[1] }
        };
      }
    };
  }

  kinds.histogram = function (data, color) {
    const digits = Math.max(0, -Math.floor(Math.log10(data.width)));
    const series = bars(data, data.counts, { color: color.test, opacity: 0.85 });
    series.markLine = mark(color, [
      { xAxis: 0, lineStyle: { color: color.ink, type: "solid", opacity: 0.65 }, label: { show: false } },
      { xAxis: data.mean, label: { formatter: "mean " + signed(data.mean, data.decimals) } }]);
    return Object.assign(base(color), {
      grid: { left: 8, right: 14, top: 42, bottom: 26, containLabel: true },
      xAxis: axis(color, "value", Object.assign(below("prediction minus actual"), {
        min: data.low, max: data.low + data.width * data.count, splitLine: { show: false },
        axisLabel: { color: color.soft, fontSize: 11.5, formatter: short, showMinLabel: false, showMaxLabel: false } })),
      yAxis: axis(color, "value", {}),
      title: above(color, "rows", 10),
      tooltip: Object.assign(base(color).tooltip, {
        formatter: item => lines(grouped(item.value[2]) + " rows",
          [["from", fixed(item.value[0], digits)], ["to", fixed(item.value[1], digits)]])
      }),
      series: [series]
    });
  };

  function sliceTip(data) {
    return items => {
      const i = items[0].dataIndex;
      return lines(data.labels[i], [[data.sizeName, fixed(data.size[i], data.decimals)],
        [data.signedName, signed(data.signed[i], data.decimals)], ["rows", grouped(data.rows[i])]]);
    };
  }

  function sliceFrame(data, color) {
    return Object.assign(base(color), {
      grid: { left: 8, right: 16, top: 38, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, icon: "roundRect", textStyle: { color: color.soft } },
      tooltip: Object.assign(base(color).tooltip, {
        trigger: "axis", axisPointer: { type: "line", lineStyle: { color: color.line } }, formatter: sliceTip(data)
      }),
      xAxis: axis(color, "category", { data: data.labels, axisLine: { onZero: true, lineStyle: { color: color.faint } },
        axisLabel: { color: color.soft, fontSize: 11.5, hideOverlap: true, showMaxLabel: false } }),
      yAxis: axis(color, "value", {})
    });
  }

  kinds.months = function (data, color) {
    const frame = sliceFrame(data, color);
    frame.xAxis.axisLabel.showMaxLabel = true;
    frame.xAxis.axisLine.onZero = false;
    return Object.assign(frame, {
      series: [
        { type: "bar", name: data.sizeName, data: data.size, color: color.test, barCategoryGap: "28%",
          itemStyle: { opacity: 0.85, borderRadius: 2 } },
        { type: "line", name: data.signedName, data: data.signed, color: color.validation, symbol: "circle",
          symbolSize: 8, lineStyle: { width: 1.5 }, connectNulls: false }]
    });
  };

  kinds.time = function (data, color) {
    const few = data.labels.length <= 80;
    const line = (name, values, shade) => ({ type: "line", name: name, data: values, color: shade,
      lineStyle: { width: 1.8 }, showSymbol: few, symbol: "circle", symbolSize: 4, connectNulls: false });
    const size = line(data.sizeName, data.size, color.test);
    size.markLine = mark(color, [{ yAxis: data.overall }], "");
    const frame = sliceFrame(data, color);
    if (data.labels.length > 18 && data.labels[0].length === 7) {
      // Months: a label at each January says more than one at each seventh month.
      frame.xAxis.axisLabel.interval = (i, label) => label.endsWith("-01");
      frame.xAxis.axisLabel.formatter = label => label.slice(0, 4);
      frame.xAxis.axisLabel.showMaxLabel = null;
    }
    return Object.assign(frame, {
      series: [size, line(data.signedName, data.signed, color.validation)]
    });
  };

  kinds.ranked = function (data, color) {
    const count = data.labels.length;
    const dots = (values, shade, size, opacity, name) => ({
      type: "scatter", name: name, data: values.map((value, i) => [i + 1, value]), symbolSize: size,
      itemStyle: { color: shade, opacity: opacity }, cursor: "default"
    });
    const size = count > 300 ? 5 : count > 60 ? 8 : 11;
    const main = dots(data.size, color.test, size, 0.9, data.sizeName);
    main.markLine = mark(color, [{ yAxis: data.overall }], "all rows " + fixed(data.overall, data.decimals));
    main.markLine.label.position = "insideEndTop";
    const all = count <= 12;
    main.label = {
      show: true, position: all ? "top" : [0, -16], color: color.soft, fontSize: 11.5,
      formatter: item => all || item.dataIndex === 0 ? data.labels[item.dataIndex] : ""
    };
    return Object.assign(base(color), {
      grid: { left: 8, right: 24, top: 50, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, icon: "circle", textStyle: { color: color.soft } },
      tooltip: Object.assign(base(color).tooltip, {
        formatter: item => {
          const i = item.dataIndex;
          return lines(data.column + " " + data.labels[i], [[data.sizeName, fixed(data.size[i], data.decimals)],
            [data.signedName, signed(data.signed[i], data.decimals)], ["rows", grouped(data.rows[i])]]);
        }
      }),
      xAxis: axis(color, "value", { min: 0, max: count + 1, splitLine: { show: false }, axisLabel: { show: false } }),
      yAxis: axis(color, "value", {}),
      series: [main, dots(data.signed, color.validation, Math.max(3, size - 3), 0.6, data.signedName)]
    });
  };

  // A line from low to high through a point, with ends.
  function whiskers(data, color, ends, upright) {
    return {
      type: "custom", data: data, silent: true, z: 3, encode: { x: upright ? 0 : [1, 2], y: upright ? [1, 2] : 0 },
      renderItem: function (params, api) {
        const point = i => api.coord(upright ? [api.value(0), api.value(i)] : [api.value(i), api.value(0)]);
        const from = point(1);
        const to = point(2);
        const line = (x1, y1, x2, y2) => ({ type: "line", style: { stroke: color, lineWidth: 1.3 },
          shape: { x1: x1, y1: y1, x2: x2, y2: y2 } });
        return { type: "group", children: upright
          ? [line(from[0], from[1], to[0], to[1]), line(from[0] - ends, from[1], from[0] + ends, from[1]),
            line(to[0] - ends, to[1], to[0] + ends, to[1])]
          : [line(from[0], from[1], to[0], to[1]), line(from[0], from[1] - ends, from[0], from[1] + ends),
            line(to[0], to[1] - ends, to[0], to[1] + ends)] };
      }
    };
  }

  kinds.calibration = function (data, color) {
    const frame = { min: 0, max: 1 };
    const counts = bars({ width: 1 / data.bins }, Array.from({ length: data.bins }, (unused, bin) => {
      const point = data.points.find(each => each[5] === bin);
      return point ? point[2] : 0;
    }), { color: color.baseline }, "rows");
    return Object.assign(base(color), {
      grid: [{ left: 46, right: 18, top: 32, height: "58%" }, { left: 46, right: 18, bottom: 42, height: "15%" }],
      xAxis: [axis(color, "value", Object.assign({}, frame, { axisLabel: { show: false } })),
        axis(color, "value", Object.assign(below(data.name), frame, { gridIndex: 1, splitLine: { show: false } }))],
      yAxis: [axis(color, "value", frame), axis(color, "value", { gridIndex: 1, splitNumber: 2 })],
      title: [above(color, "was so", 6), Object.assign(above(color, "rows", 0), { top: null, bottom: "30%" })],
      tooltip: Object.assign(base(color).tooltip, {
        formatter: item => item.seriesName === "rows"
          ? lines(grouped(item.value[2]) + " rows", [["from", fixed(item.value[0], 1)], ["to", fixed(item.value[1], 1)]])
          : lines(grouped(item.value[2]) + " rows",
            [["mean probability", fixed(item.value[0], 3)], ["was so", fixed(item.value[1], 3)],
              ["95%", fixed(item.value[3], 3) + " to " + fixed(item.value[4], 3)]])
      }),
      series: [{
        type: "line", data: data.points, color: color.test, lineStyle: { width: 1.5 }, symbol: "circle",
        symbolSize: 9, markLine: diagonal(color, 0, 1)
      }, whiskers(data.points.map(point => [point[0], point[3], point[4]]), color.test, 4, true),
      Object.assign(counts, { xAxisIndex: 1, yAxisIndex: 1 })]
    });
  };

  // Names down the side, the first at the top; as high as it has bars.
  function sideways(data, color, above) {
    return Object.assign(base(color), {
      grid: { left: 8, right: 24, top: above, bottom: 28, containLabel: true },
      xAxis: axis(color, "value", {}),
      yAxis: axis(color, "category", { data: data.labels, inverse: true,
        axisLabel: { color: color.ink, fontSize: 12, width: 220, overflow: "truncate" } })
    });
  }

  kinds.importance = function (data, color) {
    const frame = sideways(data, color, 6);
    Object.assign(frame.xAxis, below(data.name));
    frame.xAxis.nameGap = 24;
    return Object.assign(frame, {
      tooltip: Object.assign(base(color).tooltip, {
        formatter: item => lines(data.labels[item.dataIndex], [
          [data.name, four(data.mean[item.dataIndex]) + " ± " + four(data.sd[item.dataIndex])],
          ["features", data.features[item.dataIndex].join(", ")]])
      }),
      series: [
        { type: "bar", data: data.mean, color: color.test, barCategoryGap: "34%",
          itemStyle: { opacity: 0.85, borderRadius: 2 } },
        whiskers(data.mean.map((mean, i) => [i, mean - data.sd[i], mean + data.sd[i]]), color.ink, 4, false)]
    });
  };
  kinds.importance.height = data => 60 + 24 * data.labels.length;

  kinds.worst = function (data, color) {
    const frame = sideways(data, color, 30);
    const bar = { type: "bar", name: data.sizeName, data: data.size, color: color.test, barCategoryGap: "34%",
      itemStyle: { opacity: 0.85, borderRadius: 2 } };
    bar.markLine = mark(color, [{ xAxis: data.overall }], "all rows " + fixed(data.overall, data.decimals));
    bar.markLine.label.position = "start";
    return Object.assign(frame, {
      tooltip: Object.assign(base(color).tooltip, {
        formatter: item => {
          const i = item.dataIndex;
          return lines(data.column + " " + data.labels[i], [[data.sizeName, fixed(data.size[i], data.decimals)]]
            .concat(data.linear ? [[data.linearName, fixed(data.linear[i], data.decimals)]] : [])
            .concat([[data.signedName, signed(data.signed[i], data.decimals)], ["rows", grouped(data.rows[i])]])
            .concat(data.train && data.train[i] !== null ? [["train rows", grouped(data.train[i])]] : []));
        }
      }),
      series: [bar].concat(data.linear ? [{
        type: "scatter", name: data.linearName, data: data.linear, symbol: "diamond", symbolSize: 12, color: color.validation,
        itemStyle: { opacity: 1, borderColor: color.card, borderWidth: 1 }
      }] : [])
    });
  };
  kinds.worst.height = data => 74 + 24 * data.labels.length;

  kinds.probabilities = function (data, color) {
    return Object.assign(base(color), {
      grid: { left: 8, right: 18, top: 52, bottom: 26, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, icon: "roundRect", textStyle: { color: color.soft } },
      xAxis: axis(color, "value", Object.assign(below(data.name), { min: 0, max: 1, splitLine: { show: false } })),
      yAxis: axis(color, "value", {}),
      title: above(color, "rows", 26),
      tooltip: Object.assign(base(color).tooltip, {
        formatter: item => lines(item.seriesName, [["rows", grouped(item.value[2])],
          ["from", fixed(item.value[0], 2)], ["to", fixed(item.value[1], 2)]])
      }),
      series: [
        bars(data, data.counts[0], { color: color.test, opacity: 0.6 }, data.names[0]),
        bars(data, data.counts[1], { color: color.validation, opacity: 0.6 }, data.names[1])]
    });
  };

  const drawn = [];
  for (const id of Object.keys(charts)) {
    const chart = charts[id];
    const place = document.getElementById(id).querySelector(".plot");
    if (kinds[chart.kind].height) {
      place.style.height = kinds[chart.kind].height(chart.data) + "px";
    }
    const instance = echarts.init(place, null, { renderer: "svg" });
    drawn.push({ instance: instance, draw: () => instance.setOption(kinds[chart.kind](chart.data, colors()), true) });
  }

  const draw = () => drawn.forEach(chart => chart.draw());
  const fit = () => drawn.forEach(chart => chart.instance.resize());
  draw();
  window.addEventListener("resize", fit);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  // On paper a picture is drawn in the light colors, and scaled to the width that it finds there.
  window.addEventListener("beforeprint", () => {
    root.dataset.printing = "";
    draw();
    for (const picture of document.querySelectorAll(".plot svg")) {
      picture.setAttribute("viewBox", "0 0 " + picture.clientWidth + " " + picture.clientHeight);
    }
  });
  window.addEventListener("afterprint", () => {
    delete root.dataset.printing;
    document.querySelectorAll(".plot svg").forEach(picture => picture.removeAttribute("viewBox"));
    draw();
  });

  // A click on a heading sorts by it: numbers from high to low first, text from A to Z.
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => head.addEventListener("click", () => {
      const numeric = head.classList.contains("number");
      const before = head.getAttribute("aria-sort");
      const order = before ? (before === "ascending" ? "descending" : "ascending")
        : (numeric ? "descending" : "ascending");
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      const key = row => numeric
        ? parseFloat(row.cells[column].dataset.value || "NaN") : row.cells[column].textContent;
      const compare = numeric
        ? (a, b) => (isNaN(a) - isNaN(b)) || a - b : (a, b) => a.localeCompare(b, "en", { numeric: true });
      const body = table.tBodies[0];
      Array.from(body.rows).map(row => [key(row), row])
        .sort((a, b) => (order === "ascending" ? 1 : -1) * compare(a[0], b[0]))
        .forEach(pair => body.appendChild(pair[1]));
    }));
  }
})();
