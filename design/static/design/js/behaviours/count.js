// Says how many letters are left in a text area, in the words that the page brought along.
// <textarea data-behaviour="count" maxlength="2000" data-count-words="… {left} …" data-count-over="… {over} …">
function letters(text) {
  return [...text].length;
}

export function start(area) {
  const limit = Number(area.dataset.countLimit || area.getAttribute("maxlength"));
  const words = area.dataset.countWords;
  if (!limit || !words) return;
  const line = document.createElement("p");
  line.className = "hint count";
  line.setAttribute("role", "status");
  area.insertAdjacentElement("afterend", line);
  const numerals = new Intl.NumberFormat(document.documentElement.lang);
  let waiting = 0;
  const say = () => {
    const left = limit - letters(area.value);
    const sentence = left < 0 && area.dataset.countOver ? area.dataset.countOver : words;
    line.textContent = sentence
      .replace("{left}", numerals.format(left))
      .replace("{over}", numerals.format(-left));
  };
  // Told after a pause, so that a screen reader is not interrupted at each letter.
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(say, 600);
  });
  say();
}
