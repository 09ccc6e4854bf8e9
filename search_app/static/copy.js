/* One click copies a sentence with its title, source, date and link. Each is on the page as a text that a reader without
   this script selects by himself; this only puts a button in front of it. What is said comes from the script element. */
(() => {
  const { copy, copied, failed } = document.currentScript.dataset;
  const SHOWN = 2500; // milliseconds that a button says what it did
  const said = make("p", { class: "vh", role: "status" });
  document.body.append(said);

  for (const block of document.querySelectorAll("details.copy")) {
    const ready = block.querySelector(".ready");
    const button = make("button", { type: "button", class: "small" }, copy);
    button.append(make("span", { class: "vh" }, `: ${ready.textContent.trim().slice(0, 60)}`));
    block.before(button);
    button.addEventListener("click", async () => {
      const done = await written(block, ready);
      say(button, done ? copied : failed);
    });
  }

  async function written(block, ready) {
    try {
      await navigator.clipboard.writeText(ready.textContent.trim());
      return true;
    } catch { // no secure connection, or not allowed: the older way, and failing that a selection to copy by hand
      block.open = true;
      getSelection().selectAllChildren(ready);
      return document.execCommand("copy");
    }
  }

  function say(button, text) {
    said.textContent = "";
    button.firstChild.data = text;
    setTimeout(() => (said.textContent = text), 50); // a change is announced, also the second time
    setTimeout(() => { button.firstChild.data = copy; said.textContent = ""; }, SHOWN);
  }

  function make(tag, attributes, text = "") {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.append(text);
    return made;
  }
})();
