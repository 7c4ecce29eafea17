// SPDX-License-Identifier: MIT
#include "comparing.h"

#include "look/format.h"
#include "session/comparedialog.h"
#include "tab/storetab.h"
#include "table/sessionview.h"

namespace Sojourn::Inspector {

void compareSessions(StoreTab &tab, const std::function<std::optional<SessionRecord>(const SessionKey &)> &seen)
{
    const QList<SessionKey> keys = tab.view().keysToCompare();
    if (keys.size() != 2)
        return;
    using Take = std::function<void(const SessionRecord &)>;
    const auto load = [tab = &tab](const SessionKey &key, const std::optional<SessionRecord> &known, const Take &then) {
        tab->store().reader()->load(key).then(tab, [tab, known, then](const Result<SessionRecord> &record) {
            if (record || known)
                then(record ? *record : *known);
            else
                tab->showMessage(Format::error(record.error()), true);
        });
    };
    load(keys[0], seen(keys[0]), [tab = &tab, load, key = keys[1], known = seen(keys[1])](const SessionRecord &first) {
        // The tab may be in another window by the time of the answer.
        load(key, known,
             [tab, first](const SessionRecord &second) { (new CompareSessionsDialog(first, second, tab->window()))->open(); });
    });
}

void compareStores(const QList<StoreTab *> &tabs, const StoreTab *current, QWidget *window)
{
    QList<CompareStoresDialog::Side> sides;
    for (StoreTab *tab : tabs)
        sides.append({tab->store().name(), tab->store().reader()});
    auto *dialog = new CompareStoresDialog(sides, window);
    if (sides.size() > 1) {
        const auto shown = std::ranges::find(tabs, current) - tabs.begin();
        // A snapshot's time stands still: what is older is what was before.
        auto before = shown == 0 ? 1 : shown - 1, after = shown;
        if (sides[before].store->now() > sides[after].store->now())
            std::swap(before, after);
        dialog->chooseSides(int(before), int(after));
    }
    dialog->show();
}

} // namespace Sojourn::Inspector
