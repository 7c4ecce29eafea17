// SPDX-License-Identifier: MIT
#include "drafts.h"

#include <algorithm>

namespace Sojourn::Inspector {

Drafts::Session *Drafts::find(const OpenStore *store, const SessionKey &key)
{
    const auto found = std::ranges::find_if(m_sessions, [&](const Session &one) { return one.store == store && one.key == key; });
    return found == m_sessions.end() ? nullptr : &*found;
}

Drafts::Session &Drafts::session(OpenStore *store, const SessionKey &key)
{
    if (Session *known = find(store, key))
        return *known;
    m_sessions.append({.store = store, .key = key, .json = {}, .edits = {}});
    return m_sessions.last();
}

/// Forgets sessions with nothing typed, and those of stores that were closed.
void Drafts::tidy()
{
    m_sessions.removeIf([](const Session &one) { return !one.store || (!one.json && one.edits.isEmpty()); });
}

void Drafts::keepJson(OpenStore *store, const SessionKey &key, const Json &json)
{
    session(store, key).json = json;
    tidy();
}

std::optional<Drafts::Json> Drafts::takeJson(const OpenStore *store, const SessionKey &key)
{
    Session *known = find(store, key);
    if (!known)
        return {};
    std::optional<Json> taken = std::exchange(known->json, std::nullopt);
    tidy();
    return taken;
}

void Drafts::forgetJson(const OpenStore *store, const SessionKey &key, const QString &text)
{
    if (Session *known = find(store, key); known && known->json && known->json->draft.text == text) {
        known->json.reset();
        tidy();
    }
}

void Drafts::keepEdits(OpenStore *store, const SessionKey &key, const JsonTreeModel::Edits &edits)
{
    JsonTreeModel::Edits &kept = session(store, key).edits;
    kept = edits;
    kept.removeIf([](JsonTreeModel::Edits::iterator edit) { return edit->status == JsonTreeModel::EditStatus::Saved; });
    tidy();
}

JsonTreeModel::Edits Drafts::takeEdits(const OpenStore *store, const SessionKey &key)
{
    Session *known = find(store, key);
    if (!known)
        return {};
    JsonTreeModel::Edits taken = std::exchange(known->edits, {});
    tidy();
    return taken;
}

void Drafts::setEdit(OpenStore *store, const SessionKey &key, const JsonTreeModel::Path &path,
                     const JsonTreeModel::ValueEdit &edit)
{
    using Status = JsonTreeModel::EditStatus;
    JsonTreeModel::Edits &edits = session(store, key).edits;
    if (edit.status == Status::None || edit.status == Status::Saved)
        edits.remove(path);
    else
        edits.insert(path, edit);
    tidy();
}

void Drafts::changeKey(const SessionKey &oldKey, const SessionKey &newKey)
{
    for (Session &one : m_sessions) {
        if (one.key != oldKey)
            continue;
        one.key = newKey;
        if (one.json)
            one.json->seen.key = newKey;
    }
}

bool Drafts::has(const OpenStore *store) const
{
    return std::ranges::any_of(m_sessions,
                               [store](const Session &one) { return one.store == store && (one.json || !one.edits.isEmpty()); });
}

} // namespace Sojourn::Inspector
