// Checks numbers while a form is filled in. Without it the server says the same on
// sending. What is typed goes to our own server and is kept nowhere.
const WAIT = 400; // milliseconds after the last key

for (const input of document.querySelectorAll("input[data-number]")) {
  const told = document.createElement("p");
  told.id = `${input.id}-check`;
  told.setAttribute("role", "status");
  input.after(told);
  const described = input.getAttribute("aria-describedby");
  input.setAttribute("aria-describedby", [described, told.id].filter(Boolean).join(" "));
  let waiting;
  let asked = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => check(input, told, ++asked, () => asked), WAIT);
  });
}

async function check(input, told, turn, newest) {
  if (!input.value.trim()) {
    told.textContent = "";
    input.removeAttribute("aria-invalid");
    return;
  }
  const body = new URLSearchParams({ kind: input.dataset.number, number: input.value });
  const answer = await fetch("/numbers", { method: "POST", body }).catch(() => null);
  if (!answer?.ok || turn !== newest()) return;
  const found = await answer.json();
  told.textContent = found.said;
  told.className = found.holds ? "holds" : "ds-validation-message";
  input.setAttribute("aria-invalid", String(!found.holds));
}
