// Runs only in pages that `briefbook serve` shows: loads them again, changes style sheets in
// place, shows what is wrong, and says what is behind a page.
"use strict";
(() => {
  const me = document.currentScript.dataset;
  const RESERVED = "/.briefbook/";

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // A shadow root: the theme's styles don't reach the bar, and the bar's don't reach the theme.
  const host = element("briefbook-bar", {});
  const shadow = host.attachShadow({ mode: "open" });
  const message = element("pre", { hidden: true });
  message.setAttribute("role", "alert");
  const bar = element("div", { className: "bar" });
  shadow.append(element("link", { rel: "stylesheet", href: RESERVED + "live.css" }), message, bar);
  document.documentElement.append(host);

  bar.append(element("b", {}, "briefbook"));
  if (me.template) {
    const view = RESERVED + "view/" + me.path + "?view=json";
    bar.append(element("code", { title: "Template" }, me.template));
    if (me.file) bar.append(element("code", { title: "Content file" }, me.file));
    bar.append(element("a", { href: view, target: "_blank" }, "view as JSON"));
  }
  const close = element("button", { type: "button", title: "Hide this bar" }, "×");
  close.addEventListener("click", () => bar.remove());
  bar.append(close);

  const show = (errors) => {
    const text = [errors, me.fault].filter(Boolean).join("\n");
    message.textContent = text;
    message.hidden = !text;
  };
  show("");

  // `style.1a2b3c4d.css` is the address of `style.css`: only the sheet is loaded again.
  const restyle = (styles) => {
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
      const at = new URL(sheet.href);
      if (at.origin !== location.origin || !at.pathname.startsWith(me.base)) continue;
      const address = at.pathname.slice(me.base.length);
      const wanted = styles[address.replace(/\.[0-9a-f]{8}\.css$/, ".css")];
      if (!wanted || wanted === address) continue;
      const next = sheet.cloneNode();
      next.href = me.base + wanted;
      next.addEventListener("load", () => sheet.remove());
      sheet.after(next);
    }
  };

  // Writing the page anew is much quicker than loading it: the browser keeps the window and its
  // process, and forgets what listened in it. What a script can't do twice in one window is an
  // error, and then the page is loaded after all.
  const renew = async () => {
    events.close();
    const answer = await fetch(location.href).catch(() => null);
    const isPage = answer?.headers.get("content-type")?.startsWith("text/html");
    if (!isPage || !answer.ok || answer.redirected) {
      location.reload();
      return;
    }
    const html = await answer.text();
    const place = { left: scrollX, top: scrollY, behavior: "instant" };
    document.open();
    addEventListener("error", (event) => event.message && location.reload());
    addEventListener("load", () => scrollTo(place), { once: true });
    document.write(html);
    document.close();
  };

  let events = null;
  const listen = () => {
    events = new EventSource(RESERVED + "events");
    events.onmessage = (event) => {
      const state = JSON.parse(event.data);
      if (state.edition !== me.edition) {
        renew();
        return;
      }
      restyle(state.styles);
      show(state.errors);
    };
  };
  // A browser keeps few connections to one server: a tab that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) events.close();
    else listen();
  });
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
