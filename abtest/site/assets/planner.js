/* abtest: the arithmetic of the planner page. It runs in the reader's browser; nothing is sent. */
window.abPlanner ||= (() => {
  const Z = 1.959963984540054; // two-sided 95 %
  const clamp = (value) => Math.min(1, Math.max(0, value));

  // Wilson (1927).
  function wilson(count, n) {
    const p = count / n, z2 = Z * Z;
    const center = (p + z2 / (2 * n)) / (1 + z2 / n);
    const reach = (Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n);
    return [clamp(center - reach), clamp(center + reach)];
  }

  // Newcombe (1998), method 10: rate with less rate without.
  function difference([x, n], [y, m]) {
    const a = x / n, b = y / m, [aLow, aHigh] = wilson(x, n), [bLow, bHigh] = wilson(y, m);
    return [b - a, b - a - Math.hypot(b - bLow, aHigh - a), b - a + Math.hypot(bHigh - b, a - aLow)];
  }

  // Prospects that bring so many successes on average, and the range that the counts leave.
  function needed(target, count, n) {
    const [low, high] = wilson(count, n);
    return count
      ? [Math.ceil(target * n / count), Math.ceil(target / high), Math.ceil(target / low)]
      : [null, Math.ceil(target / high), null];
  }

  const impliedLoss = (coverage) => 1 - 1 / coverage;

  // Lanczos' log gamma, good to 15 digits for positive arguments.
  function logGamma(x) {
    const c = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
      -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
      1.5056327351493116e-7];
    if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    const y = x - 1;
    let sum = c[0];
    for (let i = 1; i < 9; i += 1) sum += c[i] / (y + i);
    const t = y + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
  }
  const logBeta = (a, b) => logGamma(a) + logGamma(b) - logGamma(a + b);

  // Successes among so many more prospects: 5 % and 95 % of the beta-binomial prediction.
  function expected(more, count, n) {
    const a = count + 0.5, b = n - count + 0.5, base = logBeta(a, b);
    let sum = 0, low = null;
    for (let k = 0; k <= more; k += 1) {
      const ways = -Math.log(more + 1) - logBeta(k + 1, more - k + 1);
      sum += Math.exp(ways + logBeta(a + k, b + more - k) - base);
      if (low === null && sum >= 0.05) low = k;
      if (sum >= 0.95) return [low, k];
    }
    return [low ?? more, more];
  }

  // Prospects a message to tell two rates apart at one look: 5 % two-sided, power 80 %.
  function perMessage(p, q) {
    const mean = (p + q) / 2;
    const root = Z * Math.sqrt(2 * mean * (1 - mean))
      + 0.8416212335729143 * Math.sqrt(p * (1 - p) + q * (1 - q));
    return Math.ceil((root / (q - p)) ** 2);
  }

  const whole = (n) => n.toLocaleString("en-US", { maximumFractionDigits: 0 });
  const percent = (share) => `${(100 * share).toFixed(1)}%`;
  const MISSING = "Fill in all fields with numbers that fit each other.";
  const fits = (count, n) => n > 0 && count >= 0 && count <= n;

  const sentences = {
    needed: ({ target, count, reached }) => {
      if (!fits(count, reached) || target <= 0) return MISSING;
      const [n, low, high] = needed(target, count, reached);
      if (n === null) return `Nobody became a client yet: it takes ${whole(low)} prospects or more.`;
      return `About ${whole(n)} prospects, plausibly ${whole(low)} to ${whole(high)}.`;
    },
    better: ({ target, rate, better }) => {
      if (!(rate > 0 && rate < 100 && better > 0 && better < 100 && target > 0)) return MISSING;
      const now = Math.ceil(100 * target / rate), then = Math.ceil(100 * target / better);
      return now >= then
        ? `${whole(now)} prospects today, ${whole(then)} then: ${whole(now - then)} fewer people to`
          + ` write to for the same result. No volume makes up for that.`
        : `${whole(then - now)} prospects more for the same result.`;
    },
    coverage: ({ coverage, warning }) => {
      if (!(coverage >= 100)) return "A pipeline below 100% of the target cannot meet it.";
      const lost = `${coverage}% coverage means planning to lose ${percent(impliedLoss(coverage / 100))}`
        + " of it.";
      return coverage / 100 > warning
        ? `${lost} That is a list of hopes: drop every deal without a second meeting.` : lost;
    },
    forgone: ({ without, silent, withIt, called, list, meetings }) => {
      if (!fits(without, silent) || !fits(withIt, called) || !(list > 0)) return MISSING;
      const [mean, low, high] = difference([without, silent], [withIt, called]).map((d) => d * list);
      const held = meetings > 0 ? `, ${whole(mean * meetings / 100)} meetings` : "";
      return `${whole(mean)} answers${held} given up on this list; plausibly ${whole(low)} to`
        + ` ${whole(high)} answers.${low < 0 ? " It may be nothing at all." : ""}`;
    },
    capacity: ({ more, count, reached }) => {
      if (!fits(count, reached) || !(more > 0) || more > 100000) return MISSING;
      const [low, high] = expected(Math.round(more), count, reached);
      return `At today's rate ${whole(more)} more prospects bring ${whole(low)} to ${whole(high)}`
        + " meetings, nine times in ten.";
    },
    claim: ({ rate, better }) => {
      if (!(rate > 0 && better > 0 && rate < 100 && better < 100) || rate === better) return MISSING;
      const n = perMessage(rate / 100, better / 100);
      return `${whole(n)} prospects a message if you look once, at the end. Looking every week costs`
        + ` about as many on average, and up to ${whole(1.8 * n)} when luck is against you.`;
    },
  };

  function show(form) {
    const values = {};
    for (const input of form.querySelectorAll("input")) values[input.name] = input.valueAsNumber;
    const missing = Object.values(values).some(Number.isNaN);
    form.querySelector("output").textContent
      = missing ? MISSING : sentences[form.dataset.abPlan](values);
  }

  const showAll = () => document.querySelectorAll("[data-ab-plan]").forEach(show);
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-ab-plan]");
    if (form) show(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.closest("[data-ab-plan]")) event.preventDefault();
  });
  return { difference, expected, impliedLoss, needed, perMessage, showAll, wilson };
})();
window.abPlanner.showAll();
