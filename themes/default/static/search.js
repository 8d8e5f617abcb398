// The search page. What the index files hold is described in src/site/search/file.rs, how a text
// becomes terms in src/text/search_terms.rs: `terms` below cuts queries by the same rules.
const form = document.getElementById('search');
const found = document.getElementById('found');
const list = document.getElementById('results');
const more = document.getElementById('more');
const { index: base, root, date: pattern, months, monthsShort } = form.dataset;
const shards = JSON.parse(form.dataset.shards ?? '{}');
const facetNames = [...form.querySelectorAll('.facets select')].map((select) => select.name);
const PAGE = 10;

const kept = new Map();
// Every file is read once; a failed one may be asked for again.
function read(name, how) {
  if (!kept.has(name)) {
    const wanted = fetch(base + name).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer[how]();
    });
    wanted.catch(() => kept.delete(name));
    kept.set(name, wanted);
  }
  return kept.get(name);
}

const fold = (text) =>
  text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').toLowerCase();
const PAIRED =
  /[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

// The words of a query: each a list of terms that all have to stand in a record.
function words(query) {
  const text = fold(query)
    .replace(/['’]s(?![\p{L}\p{N}])/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.)+(?=\p{L})/gu, (initials) => initials.replaceAll('.', ''));
  const runs = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return runs
    .flatMap((run) => run.split(new RegExp(`(${PAIRED.source}+)`, 'u')).filter(Boolean))
    .map((run) => {
      const letters = [...run];
      if (!PAIRED.test(run)) {
        return { text: run, terms: [{ term: letters.slice(0, 40).join(''), loose: true }] };
      }
      if (letters.length === 1) return { text: run, terms: [{ term: run, loose: true }] };
      const pairs = letters.slice(1).map((letter, at) => letters[at] + letter);
      return { text: run, terms: pairs.map((term) => ({ term, loose: false })) };
    });
}

// A word's beginning that its other forms share: sanctions, sanctioned -> sanction.
function stem(term) {
  const cut = term.replace(/(?:ies|ing|ed|es|s|y)$/, '');
  return cut.length > 3 && cut.length < term.length ? cut : term;
}

function* postings(bytes) {
  const utf8 = new TextDecoder();
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const name = new Uint8Array(256);
  while (at < bytes.length) {
    const shared = bytes[at++];
    const length = bytes[at++];
    name.set(bytes.subarray(at, at + length), shared);
    at += length;
    const count = number();
    const size = number();
    const end = at + size;
    yield {
      term: utf8.decode(name.subarray(0, shared + length)),
      count,
      each(take) {
        at = end - size;
        for (let record = 0; at < end; ) {
          record += number();
          take(record, bytes[at++]);
        }
      },
    };
    at = end;
  }
}

// How much each record is about one term: a map of its number.
async function scores(index, { term, loose }) {
  const result = new Map();
  const start = loose ? stem(term) : term;
  let first = index.terms.findLastIndex(([opens]) => opens <= start);
  first = Math.max(first, 0);
  // A short beginning may run through many chunks: its first ones have to do.
  const chunks = index.terms
    .slice(first, first + 3)
    .filter(([opens], at) => at === 0 || opens.startsWith(start));
  for (const [, file] of chunks) {
    for (const entry of postings(new Uint8Array(await read(file, 'arrayBuffer')))) {
      const same = entry.term === term;
      if (!same && !(loose && entry.term.startsWith(start))) continue;
      const kin = entry.term.length - start.length <= 3 ? 0.7 : 0.3;
      const rare = Math.log(1 + (index.records - entry.count + 0.5) / (entry.count + 0.5));
      entry.each((record, weight) => {
        const score = (same ? 1 : kin) * rare * weight;
        if (score > (result.get(record) ?? 0)) result.set(record, score);
      });
    }
  }
  return result;
}

function combine(parts, all) {
  const sums = new Map();
  for (const part of parts) {
    for (const [record, score] of part) {
      const sum = sums.get(record) ?? [0, 0];
      sums.set(record, [sum[0] + score, sum[1] + 1]);
    }
  }
  return [...sums].filter(([, [, times]]) => !all || times === parts.length)
    .map(([record, [score]]) => ({ record, score }));
}

async function facet(index, name) {
  const lists = new Map();
  if (name === 'year') {
    index.years.forEach(([year, from], at) => {
      const to = index.years[at + 1]?.[1] ?? index.records;
      lists.set(String(year), { has: (record) => record >= from && record < to });
    });
    return lists;
  }
  for (const [value, steps] of Object.entries(await read(index.facets[name], 'json'))) {
    let record = 0;
    lists.set(value, new Set(steps.map((step) => (record += step))));
  }
  return lists;
}

async function search(state) {
  const index = await read('index.json', 'json');
  const common = new Set(index.common);
  const wanted = words(state.q);
  const asked = wanted
    .map(({ terms }) => ({ terms: terms.filter(({ term }) => !common.has(term)) }))
    .filter(({ terms }) => terms.length > 0);
  // What the index leaves out stands in most pages.
  const everywhere = asked.length === 0 && wanted.length > 0;
  let hits = [];
  let any = false;
  if (asked.length > 0) {
    const parts = await Promise.all(
      asked.flatMap(({ terms }) => terms.map((term) => scores(index, term))));
    hits = combine(parts, true);
    if (hits.length === 0 && asked.length > 1) {
      hits = combine(parts, false);
      any = hits.length > 0;
    }
  }
  // Without a word, a chosen value alone lists what it stands for.
  const chosen = facetNames.filter((name) => state[name]);
  if (everywhere || (asked.length === 0 && chosen.length > 0)) {
    hits = Array.from({ length: index.records }, (_, record) => ({ record, score: 0 }));
  }
  const counts = form.querySelector('details').open ? facetNames : chosen;
  const lists = new Map(await Promise.all(
    counts.map(async (name) => [name, await facet(index, name)])));
  const fits = (record, but) => chosen.every((name) =>
    name === but || lists.get(name).get(state[name])?.has(record));
  for (const name of counts) {
    const within = hits.filter(({ record }) => fits(record, name));
    for (const option of form.elements[name].options) {
      option.dataset.title ??= option.textContent;
      const list = lists.get(name).get(option.value);
      const count = list ? within.filter(({ record }) => list.has(record)).length : within.length;
      option.textContent = hits.length ? `${option.dataset.title} (${count})` : option.dataset.title;
    }
  }
  hits = hits.filter(({ record }) => fits(record));
  hits.sort((a, b) => (state.sort === 'date' ? 0 : b.score - a.score) || b.record - a.record);
  return { index, hits, any, everywhere, words: wanted.map(({ text }) => text) };
}

// Where a page stands: in an archive that is published in shards, the year in its address says it.
function at(address) {
  const year = address.split('/').find((part) => part in shards);
  return (year ? shards[year] : root) + address;
}

// The passage of a page that says most about the words, and where it stands.
async function passage(address, words) {
  const text = await (await fetch(at(address))).text();
  const page = new DOMParser().parseFromString(text, 'text/html');
  const blocks = page.querySelectorAll(
    'main .body :is(p, li, h2, h3, h4, td, th, dd, dt), main .subtitle, main .excerpt');
  let best = null;
  let anchor = '';
  for (const block of blocks) {
    if (block.querySelector('p, li')) continue;
    if (block.id) anchor = block.id;
    else if (block.closest('.footnotes')) anchor = '';
    const folded = fold(block.textContent);
    const times = words.filter((word) => folded.includes(stem(word))).length;
    if (times > (best?.times ?? 0)) best = { text: block.textContent.trim(), anchor, times };
  }
  if (best) return best;
  const summary = page.querySelector('meta[name=description]')?.content;
  return summary ? { text: summary, anchor: '' } : null;
}

// Text with its hits marked, cut around the first of them.
function marked(text, words) {
  const folded = fold(text);
  const plain = folded.length === text.length ? folded : text.toLowerCase();
  const spans = [];
  for (const word of words) {
    const start = stem(word);
    for (let at = plain.indexOf(start); at >= 0; at = plain.indexOf(start, at + start.length)) {
      const inside = !PAIRED.test(start) && /[\p{L}\p{N}]/u.test(plain[at - 1] ?? ' ');
      if (!inside) {
        const rest = PAIRED.test(start) ? '' : /^[\p{L}\p{N}]*/u.exec(plain.slice(at + start.length))[0];
        spans.push([at, at + start.length + rest.length]);
      }
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  const from = Math.max(0, (spans[0]?.[0] ?? 0) - 90);
  const begin = from === 0 ? 0 : text.indexOf(' ', from) + 1 || from;
  const end = text.length - begin <= 260 ? text.length
    : Math.max(text.lastIndexOf(' ', begin + 240), begin + 160);
  const parts = begin > 0 ? ['… '] : [];
  let at = begin;
  for (const [start, stop] of spans) {
    if (start < at || stop > end) continue;
    const mark = document.createElement('mark');
    mark.textContent = text.slice(start, stop);
    parts.push(text.slice(at, start), mark);
    at = stop;
  }
  parts.push(text.slice(at, end), end < text.length ? ' …' : '');
  return parts;
}

// A day as the site's other pages write it.
function date(iso) {
  const [year, month, day] = iso.split('-').map(Number);
  const name = (names) => names.split('|')[month - 1];
  const parts = { year, month: name(months), month_short: name(monthsShort), month_number: month, day };
  return pattern.replace(/\{(\w+)\}/g, (whole, part) => parts[part] ?? whole);
}

function item(shown, words) {
  const entry = document.createElement('li');
  const title = document.createElement('h2');
  const link = document.createElement('a');
  link.href = at(shown.a);
  link.textContent = shown.t;
  if (shown.l) link.lang = shown.l;
  title.append(link);
  const about = document.createElement('p');
  about.className = 'kicker';
  const kind = form.querySelector(`#f-kind option[value="${CSS.escape(shown.k)}"]`);
  // What isn't an article is named as the lists below are.
  const named = kind ?? document.querySelector(`main a[href="${root}${CSS.escape(shown.k)}/"]`);
  for (const text of [named?.dataset.title ?? named?.textContent, shown.p]) {
    if (text) about.append(Object.assign(document.createElement('span'), { textContent: text }));
  }
  if (shown.d) {
    about.append(Object.assign(document.createElement('time'), { dateTime: shown.d, textContent: date(shown.d) }));
  }
  const excerpt = document.createElement('p');
  if (shown.l) excerpt.lang = shown.l;
  entry.append(about, title, excerpt);
  // What is listed stands at once; its passage follows. A page that can't be read has none.
  passage(shown.a, words).then((best) => {
    if (!best) return;
    excerpt.append(...marked(best.text, words));
    if (best.anchor) link.href = `${at(shown.a)}#${best.anchor}`;
  }).catch(() => {});
  return entry;
}

let run = 0;
async function show() {
  const state = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  state.q = (state.q ?? '').trim();
  const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
  history.replaceState(null, '', query.size ? `?${query}` : location.pathname);
  const mine = ++run;
  try {
    const { index, hits, any, everywhere, words } = await search(state);
    if (mine !== run) return;
    list.replaceChildren();
    const asked = query.size > 0 && !(query.size === 1 && query.has('sort'));
    const { one, many, none, any: some, everywhere: most } = found.dataset;
    const said = hits.length === 0 ? none : hits.length === 1 ? one : many;
    const count = said.replace('{n}', hits.length.toLocaleString(document.documentElement.lang));
    const note = any ? some : everywhere && hits.length > 0 ? most : '';
    found.textContent = asked ? `${note} ${count}`.trim() : '';
    let shown = 0;
    const next = async () => {
      const part = hits.slice(shown, shown + PAGE);
      const items = await Promise.all(part.map(async ({ record }) => {
        const [first, file] = index.record_files.findLast(([from]) => from <= record);
        return item((await read(file, 'json'))[record - first], words);
      }));
      if (mine !== run) return null;
      list.append(...items);
      shown += part.length;
      more.hidden = shown >= hits.length;
      return items[0];
    };
    more.onclick = async () => (await next())?.querySelector('a').focus();
    more.hidden = true;
    await next();
  } catch (error) {
    if (mine !== run) return;
    list.replaceChildren();
    found.textContent = found.dataset.failed;
    console.error(error);
  }
}

const asked = new URLSearchParams(location.search);
for (const [name, value] of asked) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLElement) field.value = value;
}
if (facetNames.some((name) => asked.has(name))) form.querySelector('details').open = true;
let typing;
form.addEventListener('input', (event) => {
  clearTimeout(typing);
  typing = setTimeout(show, event.target.name === 'q' ? 150 : 0);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(typing);
  show();
});
form.querySelector('details').addEventListener('toggle', show);
// Arrows walk through the results, and back up to the field.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [form.elements.q, ...list.querySelectorAll('h2 a')];
  const at = stops.indexOf(document.activeElement);
  const to = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !to) return;
  event.preventDefault();
  to.focus();
});
if (asked.size === 0) form.elements.q.focus();
show();
