/* Suggestions while typing: an editable combobox with a list (WAI-ARIA Authoring Practices). Each option is a link to a
   search. The box itself is never written to, so no input method is disturbed; without this script it is a plain box. */
(() => {
  const WAIT = 120; // milliseconds without a key before the server is asked
  const box = document.querySelector("input[data-suggest]");
  if (!box) return;
  const { suggest: address, label, count: counted } = box.dataset;
  const list = make("div", { id: "goi-y", role: "listbox", "aria-label": label, hidden: "" });
  const said = make("span", { class: "vh", "aria-live": "polite" });
  let options = [], at = -1, timer, request;

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) box.setAttribute(name, value);
  box.parentElement.append(list, said);

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // this key belongs to the input method
    const key = KEYS[event.key];
    if (key && !event.altKey && !event.ctrlKey && !event.metaKey && key()) event.preventDefault();
  });
  box.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  addEventListener("pageshow", close);

  const KEYS = {
    ArrowDown: () => (options.length ? move(1) : (ask(), true)),
    ArrowUp: () => options.length && move(-1),
    Enter: () => at >= 0 && (options[at].click(), true),
    Escape: () => options.length && (close(), true),
  };

  async function ask() {
    request?.abort();
    request = new AbortController();
    const typed = box.value;
    if (!typed.trim()) return close();
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed.slice(0, 100))}`, { signal: request.signal });
      const { suggestions } = await answer.json();
      if (box.value === typed && document.activeElement === box) show(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no answer, no suggestions: the box works as ever
    }
  }

  function show(suggestions) {
    close();
    options = suggestions.map((each, number) => {
      const option = make("a", { id: `goi-y-${number}`, role: "option", href: each.href, tabindex: "-1",
        "aria-selected": "false" });
      option.append(make("span", {}, each.text), make("small", {}, each.detail),
        make("span", { class: "count" }, counted.replace("{}", each.count.toLocaleString(document.documentElement.lang))));
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = options.length ? `${label}: ${options.length}` : "";
  }

  function move(step) {
    select((at + 1 + step + options.length + 1) % (options.length + 1) - 1); // the box itself is one of the stops
    return true;
  }

  function select(number) {
    options[at]?.setAttribute("aria-selected", "false");
    at = number;
    options[at]?.setAttribute("aria-selected", "true");
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", options[at].id);
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    select(-1);
    options = [];
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    said.textContent = "";
  }

  function make(tag, attributes, text = "") {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    return made;
  }
})();
