/* What makes reading easier where scripts run: evidence opens beside the sentence, quotes can be copied, related
   articles come into view. Without it every link leads where it says. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const story = document.querySelector(".story");
  if (!story) return;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  /* The card of a citation: what the list of sources says of it, and of the sentence. */

  let card = null;
  let opener = null;

  const opened = (state) => {
    opener.classList.toggle("cited", state);
    opener.setAttribute("aria-expanded", state);
  };

  const makeCard = () => {
    card = make("div", "card");
    card.popover = "auto";
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-labelledby", "card-h");
    card.addEventListener("toggle", (event) => {
      if (event.newState === "closed" && !card.matches(":popover-open")) opened(false);
    });
    card.addEventListener("keydown", leave);
    card.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      if (link || event.target.closest(".close")) close();
    });
    story.append(card);
  };

  const close = () => {
    card.hidePopover();
    opener.focus({ preventScroll: true });
  };

  /* Tab goes through the card and out of it, on from where it was opened. */
  const leave = (event) => {
    if (event.key !== "Tab") return;
    const stops = [...card.querySelectorAll("a[href], button")];
    const at = stops.indexOf(document.activeElement);
    if (event.shiftKey ? at <= 0 : at === stops.length - 1) {
      if (event.shiftKey) event.preventDefault();
      close();
    }
  };

  const copyOf = (element, parent) => {
    const copy = element.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll(".uses").forEach((uses) => uses.remove());
    parent.append(copy);
    return copy;
  };

  const fill = (link, source) => {
    card.replaceChildren();
    const button = make("button", "close", "×");
    button.setAttribute("aria-label", words.close);
    const heading = make("h2", "", `[${link.textContent}] `);
    heading.id = "card-h";
    heading.tabIndex = -1;
    copyOf(source.querySelector(".title"), heading);
    card.append(button, heading);
    const about = make("p");
    copyOf(source.querySelector(".about"), about);
    card.append(about);
    source.querySelectorAll(":scope > .withdrawn").forEach((note) => copyOf(note, card));
    const passages = make("ul", "passages");
    for (const passage of source.querySelectorAll(".passages > li")) {
      if (passage.querySelector(`.uses a[href="#${link.id}"]`)) copyOf(passage, passages);
    }
    if (passages.children.length) card.append(passages);
    const sentence = link.closest(".after").previousElementSibling;
    if (sentence.dataset.rests) {
      card.append(make("p", "about", `${words.rests}: ${sentence.dataset.rests}`));
    }
    const ways = make("p", "ways");
    const list = make("a", "", `${document.getElementById("sources-h").textContent} [${link.textContent}]`);
    list.href = link.hash;
    ways.append(list);
    if (sentence.dataset.claim) {
      const claim = make("a", "", words.claim);
      claim.href = sentence.dataset.claim;
      ways.append(claim);
    }
    for (const here of link.closest(".after").querySelectorAll(".here")) {
      const way = make("a", "", here.getAttribute("aria-label"));
      way.href = here.href;
      ways.append(way);
    }
    card.append(ways);
  };

  const open = (link) => {
    const source = document.getElementById(link.hash.slice(1));
    if (!source) return false;
    if (!card) makeCard();
    if (opener) opened(false);
    if (card.matches(":popover-open")) {
      card.hidePopover();
      if (opener === link) return true;
    }
    opener = link;
    fill(link, source);
    link.focus({ preventScroll: true });
    opened(true);
    card.showPopover({ source: link });
    card.scrollTop = 0;
    card.querySelector("h2").focus({ preventScroll: true });
    return true;
  };

  if (HTMLElement.prototype.showPopover) {
    const links = story.querySelectorAll(".after a[role=doc-noteref]");
    for (const link of links) {
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
    }
    story.addEventListener("click", (event) => {
      const link = event.target.closest(".after a[role=doc-noteref]");
      const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;
      if (link && plain && open(link)) event.preventDefault();
    });
  }

  /* Quotes: the words with speaker, date and address. */

  const canonical = document.querySelector("link[rel=canonical]").href;

  const copied = (item) => {
    const speaker = item.parentElement.closest("li").querySelector("h3").textContent;
    const day = item.querySelector(".about time");
    const by = day ? `${speaker}, ${day.textContent}` : speaker;
    return `${item.querySelector(".said").textContent} – ${by}. ${canonical}#${item.id}`;
  };

  if (navigator.clipboard) {
    for (const item of story.querySelectorAll(".speakers li[id^=q-]")) {
      const tools = make("p", "said-tools");
      const button = make("button", "", words.copy);
      button.type = "button";
      const told = make("span");
      told.setAttribute("role", "status");
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(copied(item));
        told.textContent = words.copied;
      });
      tools.append(button, told);
      item.append(tools);
    }
  }

  /* Related articles: the list takes the place of the link before a reader gets there, in room kept for it. */

  const related = story.querySelector(".related");

  const bring = async (link) => {
    const answer = await fetch(link.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.querySelector(".related-list");
    if (list) link.parentElement.replaceWith(document.adoptNode(list));
  };

  if (related && window.IntersectionObserver) {
    related.classList.add("to-come");
    const watch = new IntersectionObserver(
      ([seen]) => {
        if (!seen.isIntersecting) return;
        watch.disconnect();
        bring(related.querySelector("a")).catch(() => {});
      },
      { rootMargin: "600px" },
    );
    watch.observe(related);
  }
})();
