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
