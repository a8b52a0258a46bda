import { Refused } from "./api-client.js";
import { element } from "./dom.js";

/**
 * Lets a person fill in and place an order, and says beside each field what the API finds wrong with it.
 * @param {HTMLFormElement} form
 * @param {(order: { item: string, quantity: number }) => Promise<void>} place
 */
export function setUpOrderForm(form, place) {
  const item = element("#item", HTMLInputElement, form);
  const quantity = element("#quantity", HTMLInputElement, form);
  const submit = element(".place", HTMLButtonElement, form);

  form.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    if (target.dataset.item) item.value = target.dataset.item;
    if (target.dataset.step)
      quantity.value = String(Math.min(100, Math.max(1, (Number(quantity.value) || 0) + Number(target.dataset.step))));
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    showMistakes(form, {});
    try {
      await place({ item: item.value, quantity: Number(quantity.value) });
      form.reset();
      item.focus();
    } catch (error) {
      showMistakes(form, mistakesIn(error));
    } finally {
      submit.disabled = false;
    }
  });
}

/** @param {unknown} error @returns {Record<string, string>} */
function mistakesIn(error) {
  if (!(error instanceof Refused)) return { form: "The shop does not answer. Try again in a moment." };
  return Object.keys(error.fields).length > 0 ? error.fields : { form: `Not placed: ${error.message}.` };
}

/** @param {HTMLFormElement} form @param {Record<string, string>} mistakes */
function showMistakes(form, mistakes) {
  for (const field of ["item", "quantity", "form"]) {
    const text = mistakes[field];
    const place = element(`#${field}-mistake`, HTMLParagraphElement, form);
    place.hidden = text === undefined;
    place.textContent = text === undefined ? "" : field === "form" ? text : `It ${text}.`;
    form.querySelector(`#${field}`)?.setAttribute("aria-invalid", String(text !== undefined));
  }
}
