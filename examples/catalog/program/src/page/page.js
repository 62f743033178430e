"use strict";

// What is looked for stands in the address of the page, so that it can be kept, sent, and gone back to.

const NAMES = ["make", "model", "year_from", "year_to", "price_from", "price_to"];
const form = document.getElementById("filters");
const status = document.getElementById("status");
const table = document.getElementById("cars");
const pages = document.getElementById("pages");
const first = document.getElementById("first");
const next = document.getElementById("next");
let asked = 0;
let behind = null;

/** 278250.00 as 278,250.00: only text is moved, so that no digit can change. */
function grouped(price) {
  const [whole, fraction] = price.split(".");
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
}

function cell(row, name, text) {
  const td = row.insertCell();
  td.className = name;
  td.textContent = text;
  if (name === "year" || name === "price") td.classList.add("number");
}

function say(text, failed) {
  status.textContent = text;
  status.classList.toggle("failed", Boolean(failed));
}

function wrong(field, text) {
  const input = form.elements.namedItem(field);
  input.setAttribute("aria-invalid", "true");
  document.getElementById(`${field}-wrong`).textContent = text;
  input.focus();
}

function nothingWrong() {
  for (const name of NAMES) {
    form.elements.namedItem(name).removeAttribute("aria-invalid");
    document.getElementById(`${name}-wrong`).textContent = "";
  }
}

function show(found, isFirst) {
  const rows = document.createElement("tbody");
  for (const car of found.cars) {
    const row = rows.insertRow();
    cell(row, "make", car.make);
    cell(row, "model", car.model);
    cell(row, "year", car.year);
    cell(row, "price", grouped(car.price_mxn));
  }
  table.tBodies[0].replaceWith(rows);
  table.hidden = found.cars.length === 0;
  behind = found.next;
  first.hidden = isFirst;
  next.hidden = behind === null;
  pages.hidden = first.hidden && next.hidden;
  if (found.cars.length > 0) {
    say(`${found.cars.length} ${found.cars.length === 1 ? "car" : "cars"}${isFirst && behind === null ? "" : " on this page"}`);
  } else {
    say(isFirst ? "No car fits. Leave a filter out, or widen a range." : "There are no more cars.");
  }
}

/** Asks for what the address of the page says; an answer that is overtaken by another one is left aside. */
async function search() {
  const number = ++asked;
  nothingWrong();
  say("Searching …");
  document.body.dataset.asked = number;
  let outcome;
  try {
    const answer = await fetch(`/cars${location.search}`, { headers: { accept: "application/json" } });
    outcome = { ok: answer.ok, body: await answer.json() };
  } catch {
    outcome = { ok: false, body: { title: "The catalogue does not answer. Try again in a moment." } };
  }
  if (number !== asked) return;
  if (outcome.ok) {
    show(outcome.body, !new URLSearchParams(location.search).has("after"));
  } else {
    table.hidden = pages.hidden = true;
    const { field, detail, title } = outcome.body;
    if (NAMES.includes(field)) {
      say("Something is not right in the filters.", true);
      wrong(field, detail);
    } else {
      say(field ? `${field}: ${detail}` : detail ?? title, true);
    }
  }
  document.body.dataset.answered = number;
}

/** What the form says; what is empty is left out. */
function filters() {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = form.elements.namedItem(name).value.trim();
    if (value !== "") query.set(name, value);
  }
  return query;
}

function go(query) {
  const text = query.toString();
  history.pushState(null, "", text === "" ? "/" : `/?${text}`);
  return search();
}

function fill() {
  const query = new URLSearchParams(location.search);
  for (const name of NAMES) form.elements.namedItem(name).value = query.get(name) ?? "";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(filters());
});
document.getElementById("clear").addEventListener("click", () => {
  form.reset();
  for (const name of NAMES) form.elements.namedItem(name).value = "";
  go(new URLSearchParams());
});
first.addEventListener("click", () => {
  const query = new URLSearchParams(location.search);
  query.delete("after");
  go(query);
});
next.addEventListener("click", async () => {
  const query = new URLSearchParams(location.search);
  query.set("after", behind);
  await go(query);
  status.scrollIntoView({ block: "nearest" });
});
window.addEventListener("popstate", () => {
  fill();
  search();
});
fill();
search();
