// Finds States by their names and codes. A line of the list: code, name, its names in these languages, what else finds it.
const languages = ["en", "ar", "es", "fr", "ru", "zh"], most = 8;
const finder = document.getElementById("finder"), box = document.getElementById("q");
const results = document.getElementById("results"), told = document.getElementById("told");
const plain = text => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\u064b-\u065f'’‘ʼ]/g, "")
  .replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ı/g, "i").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
const states = document.getElementById("names").content.textContent.trim().split("\n").map(line => {
  const [code, ...names] = line.split("|");
  return {code, names, plain: [...names, code].map(plain)};
});
const rank = (name, wanted) => !name ? 9 : name === wanted ? 0 : name.startsWith(wanted) ? 1
  : ` ${name}`.includes(` ${wanted}`) ? 2 : ` ${wanted} `.includes(` ${name} `) && name.length > 3 ? 3
  : wanted.length > 1 && name.includes(wanted) ? 4 : 9;
function found(wanted) {
  const ranked = states.map(state => {
    const ranks = state.plain.map(name => rank(name, wanted)), best = Math.min(...ranks);
    return {state, best, by: ranks.indexOf(best)};
  });
  return ranked.filter(({best}) => best < 9).sort((a, b) => a.best - b.best);
}
function result({state, by}) {
  const item = document.createElement("li"), link = document.createElement("a");
  link.href = `states/${state.code}.html`;
  link.textContent = state.names[0];
  item.append(link);
  if (by > 0 && state.names[by]) {
    const name = document.createElement("i");
    name.textContent = state.names[by];
    name.dir = "auto";
    if (languages[by]) name.lang = languages[by];
    item.append(" ", name);
  }
  return item;
}
function show() {
  const wanted = plain(box.value), all = wanted ? found(wanted) : [];
  results.replaceChildren(...all.slice(0, most).map(result));
  told.textContent = !wanted ? "" : all.length ? box.dataset.found.replace("{n}", all.length) : box.dataset.none;
}
box.addEventListener("input", show);
box.addEventListener("keydown", event => {
  const first = results.querySelector("a");
  if (event.key === "Enter" && first) location.href = first.href;
});
finder.hidden = false;
show();
