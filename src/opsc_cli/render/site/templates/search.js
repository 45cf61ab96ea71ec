// Finds States by their names and codes, as they are in the list at the end of the page.
const finder = document.getElementById("finder"), box = document.getElementById("q");
const results = document.getElementById("results"), told = document.getElementById("told");
const plain = text => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f'’‘ʼ]/g, "")
  .replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ı/g, "i").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
let states;
const listed = () => states ??= [...document.querySelectorAll(".names > li")].map(item => {
  const names = [...item.children].map(name => name.textContent).concat(item.dataset.also.split("; "), item.id);
  return {item, names: names.map(plain)};
});
const rank = (names, wanted) => Math.min(...names.map(name =>
  name === wanted ? 0 : name.startsWith(wanted) ? 1 : ` ${name}`.includes(` ${wanted}`) ? 2 : wanted.length > 1 && name.includes(wanted) ? 3 : 9));
function show() {
  const wanted = plain(box.value);
  const found = wanted ? listed().map(({item, names}) => [rank(names, wanted), item]).filter(([n]) => n < 9) : [];
  found.sort((a, b) => a[0] - b[0]);
  results.replaceChildren(...found.slice(0, 8).map(([, item]) => {
    const result = item.cloneNode(true);
    result.removeAttribute("id");
    return result;
  }));
  told.textContent = !wanted ? "" : found.length ? box.dataset.found.replace("{n}", found.length) : box.dataset.none;
}
box.addEventListener("input", show);
box.addEventListener("keydown", event => {
  const first = results.querySelector("a");
  if (event.key === "Enter" && first) location.href = first.href;
});
finder.hidden = false;
