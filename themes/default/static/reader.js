// Buttons that copy a citation, and keys: `/` searches, `n` and `p` go to the next and previous page.
// In a block: other scripts know nothing of it, and it can run again in one window.
{
  const { copy, copied, keys, on, off } = document.currentScript.dataset;

  for (const cited of document.querySelectorAll('.cite dd')) {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: copy });
    const text = cited.textContent.trim();
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = copied;
      } catch {
        // Not allowed to: what is selected can still be copied by hand.
        getSelection().selectAllChildren(cited.querySelector('pre') ?? cited);
      }
    });
    cited.previousElementSibling.append(' ', button);
  }

  // Speech input and switches type letters by accident, so that the keys can be turned off
  // (WCAG 2.2, 2.1.4). A browser that keeps nothing for us asks again on the next page.
  let enabled = true;
  try {
    enabled = localStorage.getItem('keys') !== 'off';
  } catch {}
  const toggle = Object.assign(document.createElement('button'), { type: 'button', className: 'keys' });
  const say = () => (toggle.textContent = `${keys}: ${enabled ? on : off}`);
  toggle.addEventListener('click', () => {
    enabled = !enabled;
    try {
      localStorage.setItem('keys', enabled ? 'on' : 'off');
    } catch {}
    say();
  });
  say();
  document.querySelector('.foot')?.append(toggle);

  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, select, textarea, [contenteditable]');
    if (!enabled || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = { n: '.pager .next a', p: '.pager .previous a' }[event.key];
    if (event.key === '/') {
      event.preventDefault();
      document.querySelector('[name=q]')?.focus();
    } else if (go) {
      document.querySelector(go)?.click();
    }
  });
}
