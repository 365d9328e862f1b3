(() => {
  "use strict";
  const form = document.getElementById("filter");
  if (!form) return;
  const data = JSON.parse(document.getElementById("data").textContent);
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const entries = data.accounts.map((account) => {
    const node = document.getElementById("account-" + account.number);
    const said = account.findings.flatMap((finding) => [finding.seen, finding.wanted, finding.rule]);
    const words = [account.account_id, account.handle, account.name, account.unit, account.area, ...said];
    return { account, node, group: node.closest(".group"), text: plain(words.filter(Boolean).join(" ")) };
  });
  const groups = new Set(entries.map((entry) => entry.group));
  const value = (name) => document.getElementById("filter-" + name).value;
  const status = form.querySelector("[role=status]");
  const apply = () => {
    const words = plain(value("text")).split(/\s+/).filter(Boolean);
    const [platform, unit, rule] = [value("platform"), value("unit"), value("rule")];
    const fresh = document.getElementById("filter-new").checked;
    const filled = new Set();
    let shown = 0;
    for (const { account, node, group, text } of entries) {
      const fits = words.every((word) => text.includes(word))
        && (!platform || account.platform === platform)
        && (!unit || group.id === unit)
        && (!rule || account.findings.some((finding) => finding.rule === rule))
        && (!fresh || account.new);
      node.hidden = !fits;
      if (fits) { shown += 1; filled.add(group); }
    }
    for (const group of groups) group.hidden = !filled.has(group);
    status.textContent = status.dataset.text.replace("%shown", shown.toLocaleString(document.documentElement.lang));
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
