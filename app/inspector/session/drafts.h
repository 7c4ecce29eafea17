// SPDX-License-Identifier: MIT
#pragma once

#include "jsonpage.h"
#include "jsontreemodel.h"
#include "store/openstore.h"

#include <QtCore/QPointer>

namespace Sojourn::Inspector {

/// Unsaved input of sessions that are not shown now; it is restored when they are.
class Drafts
{
public:
    struct Json
    {
        JsonPage::Draft draft;
        SessionRecord seen; ///< when the editing began
    };

    void keepJson(OpenStore *store, const SessionKey &key, const Json &json);
    [[nodiscard]] std::optional<Json> takeJson(const OpenStore *store, const SessionKey &key);
    /// Forgets the JSON of \a key if it is \a text, which has been written.
    void forgetJson(const OpenStore *store, const SessionKey &key, const QString &text);

    /// Edits that are under way or did not happen, by their places.
    void keepEdits(OpenStore *store, const SessionKey &key, const JsonTreeModel::Edits &edits);
    [[nodiscard]] JsonTreeModel::Edits takeEdits(const OpenStore *store, const SessionKey &key);
    void setEdit(OpenStore *store, const SessionKey &key, const JsonTreeModel::Path &path, const JsonTreeModel::ValueEdit &edit);

    /// The session of \a oldKey goes on under \a newKey.
    void changeKey(const SessionKey &oldKey, const SessionKey &newKey);
    /// Whether anything typed for sessions of \a store waits.
    [[nodiscard]] bool has(const OpenStore *store) const;

private:
    struct Session
    {
        QPointer<OpenStore> store;
        SessionKey key;
        std::optional<Json> json;
        JsonTreeModel::Edits edits;
    };
    Session &session(OpenStore *store, const SessionKey &key);
    Session *find(const OpenStore *store, const SessionKey &key);
    void tidy();

    QList<Session> m_sessions; ///< few: each was typed into
};

} // namespace Sojourn::Inspector
