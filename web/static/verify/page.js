/* The page on which a bundle is verified: files in, words out. The words stand in the
   page, in its language. */

const form = document.querySelector("#verify");
const { verify, readKeys, DoesNotHold } = await import(form.dataset.verifier);
const said = (name) => document.querySelector(`[data-say="${name}"]`);

function tell(name, values = {}) {
  for (const each of document.querySelectorAll("[data-say]")) each.hidden = true;
  for (const [key, value] of Object.entries(values))
    said(name).querySelector(`[data-value="${key}"]`).textContent = value;
  said(name).hidden = false;
}

/* Why it does not hold, in the page's words where it has some; else as the verifier
   says it, in English. */
function explain(english) {
  const known = document.querySelector(`[data-why="${CSS.escape(english)}"]`);
  const place = said("fails").querySelector('[data-value="why"]');
  place.lang = known ? document.documentElement.lang : "en";
  return known ? known.textContent : english;
}

function mark(failed) {
  for (const each of document.querySelectorAll("[data-step]")) {
    const step = Number(each.dataset.step);
    each.dataset.state = failed === null ? "holds" : step === failed ? "fails" : "";
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [bundle, keys] = ["bundle", "keys"].map((name) => form.elements[name].files[0]);
  mark(0);
  if (!bundle || !keys) return tell("missing");
  tell("working");
  try {
    const bytes = new Uint8Array(await bundle.arrayBuffer());
    const found = await verify(bytes, await readKeys(await keys.text()));
    mark(null);
    tell("holds", found);
  } catch (error) {
    if (!(error instanceof DoesNotHold)) return tell("broken", { why: error.message });
    mark(error.step);
    tell("fails", { step: error.step, why: explain(error.message) });
  }
});
form.hidden = false;
document.querySelector("[data-without-scripts]").hidden = true;
