// Says in how many SMS a text would be sent, while it is written. Without scripts the desk tells it on sending.
"use strict";

const form = document.querySelector("form[data-parts]");
const shown = document.getElementById("parts");
let waiting = 0;
let asked = 0;

const count = async () => {
  const mine = (asked += 1);
  const answer = await fetch(form.dataset.parts, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const said = answer.ok ? await answer.text() : "";
  if (mine === asked) shown.textContent = said;
};

if (form && shown) {
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => count().catch(() => { shown.textContent = ""; }), 300);
  };
  form.addEventListener("input", soon);
  soon(); // something may stand there already, as after a text that was too long
}
