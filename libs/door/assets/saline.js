// Comfort only: every page works without this file. Load it with <script src defer>.

// After a refusal the reader is taken to the summary of what to correct.
const summary = document.querySelector(".flash[role=alert]");
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

// A form sent twice within 5 s was pressed twice: the second time is ignored. The button stays
// alive, since one may always press. Forms that only ask (GET) may be sent as often as one likes.
const PAUSE_MS = 5000;
let sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (event.timeStamp - sent.get(form) < PAUSE_MS) event.preventDefault();
  else sent.set(form, event.timeStamp);
});

// Who comes back to the page finds a form that has not been sent.
addEventListener("pageshow", () => {
  sent = new WeakMap();
});

// A sheet: names appear as numbers are typed, totals run along, and the last row brings ten more.
const sheet = document.querySelector("form[data-sheet]");
if (sheet) {
  const names = new Map();
  for (const option of sheet.querySelectorAll("datalist option")) {
    names.set(option.value, option.textContent);
  }
  const show = (input) => {
    const echo = input.closest("td").querySelector(".echo");
    if (!echo) return;
    const number = input.value.trim().replace(/^n°?\s*/i, "");
    echo.classList.remove("error");
    echo.textContent = names.get(number) ?? "";
    input.removeAttribute("aria-invalid");
  };
  const rows = () => [...sheet.querySelectorAll("tbody tr")];
  const isTyped = (row) => [...row.querySelectorAll("td input:not([type=checkbox])")].some((it) => it.value.trim());
  const more = sheet.querySelector("button[name=action][value=lignes]");
  sheet.addEventListener("input", (event) => {
    if (event.target.getAttribute("list")) show(event.target);
    const all = rows();
    const sum = all.reduce((total, row) => {
      const typed = row.querySelector("[name^=amount-]").value.replace(/[\s\u00a0]/g, "").replace(",", ".");
      return total + (Number.parseFloat(typed) || 0);
    }, 0);
    const typed = all.filter(isTyped).length;
    const running = sheet.querySelector("[data-running]");
    const figure = sum.toLocaleString(document.documentElement.lang, { maximumFractionDigits: Number(sheet.dataset.decimals) });
    running.textContent = running.dataset.running.replace("{lines}", typed).replace("{sum}", figure);
    running.hidden = false;
  });
  // From the last row, Tab asks for more rows instead of leaving the grid.
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || !event.target.name?.startsWith("label-")) return;
    const row = event.target.closest("tr");
    if (row.nextElementSibling || !isTyped(row)) return;
    event.preventDefault();
    more.click();
  });
}

// A search answers while one types: the block that the form names is taken from the page that the
// form would lead to. Only the newest answer is shown, and the address follows, so that reloading
// and going back find the same.
const WAIT_MS = 250;
for (const form of document.querySelectorAll("form[data-live]")) {
  let waiting = 0;
  let asking = new AbortController();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    // One letter is no word yet.
    if (form.elements.q?.value.trim().length === 1) return;
    waiting = setTimeout(async () => {
      asking.abort();
      asking = new AbortController();
      const asked = [...new FormData(form)].filter(([, value]) => value !== "");
      const address = form.action + (asked.length > 0 ? `?${new URLSearchParams(asked)}` : "");
      try {
        const answer = await fetch(address, { signal: asking.signal });
        if (!answer.ok || answer.redirected) throw new Error(`no list at ${answer.url}`);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const block = page.getElementById(form.dataset.live);
        if (!block) return;
        const open = document.querySelector(".facets")?.open;
        document.getElementById(form.dataset.live).replaceWith(block);
        form.querySelector("[role=status]").textContent = block.querySelector("[data-said]")?.textContent ?? "";
        if (open) block.querySelector(".facets")?.setAttribute("open", "");
        history.replaceState(null, "", address);
        const { pathname, search } = location;
        for (const field of document.querySelectorAll("input[name=retour]")) field.value = pathname + search;
      } catch (error) {
        if (error.name === "AbortError") return;
        // What stands there answers other words: the button asks again, and its page says what is wrong.
        document.getElementById(form.dataset.live).classList.add("stale");
        console.info(error.message);
      }
    }, WAIT_MS);
  });
}

// Passkeys: the device is asked, and what it answers is sent as any form is. A browser that knows
// the words of today shows what needs them.
const Keys = window.PublicKeyCredential;
if (Keys?.parseCreationOptionsFromJSON && Keys.prototype.toJSON) {
  for (const it of document.querySelectorAll("[data-passkeys]")) it.hidden = it.dataset.passkeys === "no";
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const status = form.querySelector("[role=status]");
    const ask = async () => {
      if (form.dataset.passkey === "create") {
        const options = Keys.parseCreationOptionsFromJSON(JSON.parse(form.dataset.options));
        return navigator.credentials.create({ publicKey: options });
      }
      const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
      const answer = await fetch(form.dataset.ask, { method: "POST", body });
      if (answer.status === 429) throw new DOMException("asked too often", "QuotaExceededError");
      if (!answer.ok) throw new Error(`no question at ${answer.url}`);
      const { link, options } = await answer.json();
      form.elements.link.value = link;
      return navigator.credentials.get({ publicKey: Keys.parseRequestOptionsFromJSON(options) });
    };
    let asking = false;
    // Who comes back to the page asks anew.
    addEventListener("pageshow", () => { asking = false; });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (asking) return;
      asking = true;
      status.textContent = "";
      try {
        form.elements.answer.value = JSON.stringify(await ask());
        form.submit();
        return;
      } catch (error) {
        const said = { InvalidStateError: status.dataset.known, QuotaExceededError: status.dataset.many };
        status.textContent = said[error.name] ?? status.dataset.failed;
        console.info(error.message);
      }
      asking = false;
    });
  }
}
