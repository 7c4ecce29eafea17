// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"
#include "sessionkey.h"

#include <QtCore/QJsonObject>
#include <QtCore/QMetaType>

namespace Sojourn {

/// Something that happened to a session. Never holds data or ids.
struct SOJOURN_CORE_EXPORT SessionEvent
{
    /// What happens to sessions.
    enum Type : quint8 { Created, Changed, Touched, Rotated, Destroyed, Expired, Revoked, Quarantined };
    static constexpr int TypeCount = 8; ///< how many types there are

    Type type = Created; ///< what happened
    SessionKey key;                   ///< of Rotated: the new one
    std::optional<SessionKey> oldKey; ///< of Rotated
    QString user;                     ///< null if none
    TimePoint at{}; ///< when, by the store's clock
    quint64 version = 0; ///< the version of the record afterwards
    QString reason; ///< Expired: idle, absolute, fixed; Revoked: user, cap, admin; Created: imported, restored; else null
    QString by = {}; ///< the administrator who did it (Author), else null; of Expired: who set a deadline that had passed

    /// "created", "changed", ...
    [[nodiscard]] static QLatin1StringView name(Type type);
    /// The type that name() calls \a name.
    [[nodiscard]] static std::optional<Type> typeFromName(QAnyStringView name);
    /// Whether stores keep it in their history: all but Changed and Touched.
    [[nodiscard]] bool isLifecycle() const { return type != Changed && type != Touched; }
    /// Whether the session is gone with it.
    [[nodiscard]] bool isEnd() const { return type >= Destroyed && type <= Quarantined; }
    /// Reason and administrator in one word of printable ASCII, as stores keep them: "admin", "admin/root%40web1,%20sojourn".
    /// Empty where there is neither.
    [[nodiscard]] QByteArray cause() const;
    /// Takes what cause() wrote, and plain reasons of earlier versions.
    void setCause(QByteArrayView cause);
    /// {"event","key","user","at","version"} and "oldKey", "reason" or "by" where there is one.
    [[nodiscard]] QJsonObject toJson() const;
    /// What toJson() wrote; nothing if \a json is something else.
    [[nodiscard]] static Result<SessionEvent> fromJson(const QJsonObject &json);

    friend bool operator==(const SessionEvent &a, const SessionEvent &b) = default;
};

} // namespace Sojourn

Q_DECLARE_METATYPE(Sojourn::SessionEvent)
