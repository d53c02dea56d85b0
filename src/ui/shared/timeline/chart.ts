/** The token timeline on a canvas. A chunk of its own: it carries the chart library. */

import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { TimelinePoint } from '../../../domain/conversation';
import { m } from '../../../messages/messages.js';
import { formatNumber } from '../format';
import { gapsOf, stallsOf } from './gaps';

export interface TimelineChart {
  setData(points: readonly TimelinePoint[], ttftMs: number | undefined): void;
  /** Shows the crosshair at a delivery, or hides it. */
  point(index: number | undefined): void;
  refreshColours(): void;
  destroy(): void;
}

export interface TimelineChartOptions {
  /** Dots and stalls alone, for a strip of about three lines of text. */
  readonly compact: boolean;
  /** Called with the delivery under the pointer, or undefined when it leaves. */
  readonly onPoint: (index: number | undefined) => void;
}

interface Colours {
  text: string;
  line: string;
  lane: string;
}

const DOT_PX = 4;
const TICK_SPACE_PX = { x: 64, y: 22 };
/** An axis never ends below this, so that a single fast delivery does not fill the chart. */
const LEAST_GAP_MS = 10;

/**
 * Draws into `host` and follows its size and the theme. Colours are the host's `color` (text), `stroke` (grid) and
 * `fill` (dots), because a canvas cannot use custom properties.
 */
export function createTimelineChart(
  host: HTMLElement,
  { compact, onPoint }: TimelineChartOptions,
): TimelineChart {
  let colours = coloursOf(host);
  let ttft: number | undefined;
  let gaps: readonly (number | undefined)[] = [];
  let following = true;

  const plot = new UPlot(
    {
      ...sizeOf(host),
      legend: { show: false },
      padding: compact ? [DOT_PX, DOT_PX, DOT_PX, DOT_PX] : [14, 20, 0, 0],
      cursor: {
        show: !compact,
        y: false,
        drag: { x: false, y: false, setScale: false },
        points: { size: DOT_PX * 2.5, width: 2, stroke: () => colours.lane, fill: () => 'transparent' },
      },
      scales: {
        x: { time: false, range: (_plot, _min, max) => [0, Math.max(max, 1)] },
        y: { range: (_plot, _min, max) => [0, Math.max(max * 1.08, LEAST_GAP_MS)] },
      },
      axes: [axis(m.timeline_time_axis(), 'x'), axis(m.timeline_gap_axis(), 'y')],
      series: [
        {},
        {
          stroke: () => colours.lane,
          fill: () => colours.lane,
          paths: () => null,
          points: { show: true, size: DOT_PX, width: 0, fill: () => colours.lane },
        },
      ],
      hooks: {
        drawClear: [drawTtft],
        draw: [drawStalls],
        setCursor: [
          ({ cursor }) => {
            if (following) onPoint(cursor.idx ?? undefined);
          },
        ],
      },
    },
    [[], []],
    host,
  );

  function axis(label: string, side: 'x' | 'y'): UPlot.Axis {
    const font = `12px ${getComputedStyle(host).fontFamily}`;
    return {
      show: !compact,
      label,
      labelFont: font,
      labelSize: 18,
      labelGap: 0,
      font,
      size: side === 'x' ? 26 : 44,
      gap: 4,
      space: TICK_SPACE_PX[side],
      stroke: () => colours.text,
      grid: { show: side === 'y', stroke: () => colours.line, width: 1 },
      ticks: { show: side === 'x', stroke: () => colours.line, width: 1, size: 4 },
      border: { show: side === 'x', stroke: () => colours.line, width: 1 },
      values: (_plot, values) => values.map((value) => formatNumber(value)),
    };
  }

  /** A line where the first text came, under the dots. */
  function drawTtft(chart: UPlot): void {
    if (ttft === undefined || compact) return;
    const { ctx, bbox } = chart;
    const ratio = devicePixelRatio;
    const x = Math.round(chart.valToPos(ttft, 'x', true));
    ctx.save();
    ctx.strokeStyle = colours.lane;
    ctx.fillStyle = colours.lane;
    ctx.lineWidth = 1.5 * ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = `600 ${11 * ratio}px ${getComputedStyle(host).fontFamily}`;
    ctx.textBaseline = 'bottom';
    const name = m.term_ttft_label();
    const fits = x + ctx.measureText(name).width <= bbox.left + bbox.width;
    ctx.textAlign = fits ? 'left' : 'right';
    ctx.fillText(name, x, bbox.top - 2 * ratio);
    ctx.restore();
  }

  /** A ring and a stem: a stall is seen before its height is read. */
  function drawStalls(chart: UPlot): void {
    const { ctx, bbox } = chart;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = colours.lane;
    ctx.lineWidth = 1.5 * ratio;
    for (const index of stallsOf(gaps)) {
      const x = Math.round(chart.valToPos(chart.data[0][index] ?? 0, 'x', true));
      const y = Math.round(chart.valToPos(gaps[index] ?? 0, 'y', true));
      ctx.beginPath();
      ctx.arc(x, y, DOT_PX * 1.25 * ratio, 0, 2 * Math.PI);
      ctx.moveTo(x, y + DOT_PX * 1.25 * ratio);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  function refreshColours(): void {
    colours = coloursOf(host);
    plot.redraw(false);
  }

  const resize = new ResizeObserver(() => plot.setSize(sizeOf(host)));
  resize.observe(host);
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', refreshColours);
  const theme = new MutationObserver(refreshColours);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

  return {
    setData(points, ttftMs) {
      ttft = ttftMs;
      gaps = gapsOf(points);
      plot.setData([points.map((point) => point.atMs), [...gaps]]);
    },
    point(index) {
      // Moving the crosshair by keyboard is not the pointer telling where it is.
      following = false;
      const x = index === undefined ? undefined : plot.data[0][index];
      const y = index === undefined ? undefined : plot.data[1]?.[index];
      if (x === undefined || y === undefined || y === null) plot.setCursor({ left: -10, top: -10 });
      else plot.setCursor({ left: plot.valToPos(x, 'x'), top: plot.valToPos(y, 'y') });
      following = true;
    },
    refreshColours,
    destroy() {
      resize.disconnect();
      theme.disconnect();
      scheme.removeEventListener('change', refreshColours);
      plot.destroy();
    },
  };
}

function sizeOf(host: HTMLElement): { width: number; height: number } {
  return { width: Math.max(host.clientWidth, 1), height: Math.max(host.clientHeight, 1) };
}

function coloursOf(host: HTMLElement): Colours {
  const { color, stroke, fill } = getComputedStyle(host);
  return { text: color, line: stroke, lane: fill };
}
