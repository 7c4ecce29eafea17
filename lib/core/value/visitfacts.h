// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"

#include <QtCore/QJsonObject>

#include <optional>

namespace Sojourn {

/// Whose visit a session is: kept beside its data, in SessionInfo::visit, where an application asks for it
/// (SessionOptions::keepVisit, Session::setLabel(), SessionOptions::realm). Lists have it without loading the data.
struct SOJOURN_CORE_EXPORT VisitFacts
{
    QString realm = {}; ///< the application that the session belongs to, see RealmStore; empty for none
    QString address = {}; ///< where the visitor was seen last; at most 64 characters
    QString userAgent = {}; ///< what the browser calls itself; at most 256 characters
    QString label = {}; ///< what the visitor calls the device; at most 100 characters

    /// Whether nothing is known.
    [[nodiscard]] bool isEmpty() const;
    /// What to call the device in a list: the label, or else browser and system as in "Firefox 140, Linux", or else
    /// what the browser calls itself. Empty if that is unknown too.
    [[nodiscard]] QString device() const;
    /// Browser and system, or what the browser calls itself: device() whatever the label.
    [[nodiscard]] QString browser() const;

    /// The facts as JSON text, as records keep them; empty if there are none. What is too long is cut.
    [[nodiscard]] QByteArray toText() const;
    /// What toText() wrote; what cannot be read is empty.
    [[nodiscard]] static VisitFacts fromText(QByteArrayView text);
    /// The members that are not empty, by their names here.
    [[nodiscard]] QJsonObject toJson() const;
    /// What toJson() wrote. Other members are left out.
    [[nodiscard]] static VisitFacts fromJson(const QJsonObject &json);

    /// What makes \a after of these facts: those that differ, as SessionChange::visit takes them, so that two requests which
    /// change different facts both keep theirs. Nothing if none do. The realm is none of them: it never changes.
    [[nodiscard]] std::optional<QByteArray> changeTo(const VisitFacts &after) const;
    /// Makes these facts what \a change, of changeTo() or toText(), says; an empty one forgets all but the realm.
    void apply(QByteArrayView change);

    friend bool operator==(const VisitFacts &a, const VisitFacts &b) = default;
};

namespace Detail {
/// Whether \a text is empty or what VisitFacts::toText() writes.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<void> checkVisit(const QByteArray &text);
/// Whether \a text is empty or what VisitFacts::apply() takes.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<void> checkVisitChange(const QByteArray &text);
} // namespace Detail

} // namespace Sojourn
