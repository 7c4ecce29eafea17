// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"
#include "expiry.h"
#include "sessiondata.h"
#include "sessionkey.h"
#include "visitfacts.h"

namespace Sojourn {

/// Everything that a store knows of a session beside its data.
struct SOJOURN_CORE_EXPORT SessionInfo
{
    SessionKey key; ///< what stores find the record by
    QString user;                               ///< null if no user is bound
    TimePoint createdAt{}; ///< when the record was made
    TimePoint lastSeenAt{}; ///< when it was last used, see SessionChange::Touch
    TimePoint expiresAt{};                      ///< the earlier of idle (or fixed) and absolute deadline
    std::optional<TimePoint> absoluteExpiresAt; ///< when it ends whatever happens; never, if that is not set
    TimePoint idIssuedAt{};                     ///< when the present id was handed out: what renewal counts from
    quint64 version = 1;                        ///< rises with every change of data, user, expiry or id, up to 2^63 - 1
    std::optional<Expiry> expiry;               ///< the session's own policy, if it has one
    bool rotateRequested = false;               ///< a fresh id is due on the visitor's next request
    qsizetype size = 0;                         ///< SessionData::size()
    qsizetype attributeCount = 0; ///< how many attributes it has
    QByteArray visit; ///< VisitFacts::toText(); empty where the application keeps nothing of the visit

    /// Whether its deadline has passed: stores treat such a record as missing, swept or not.
    [[nodiscard]] bool isExpired(TimePoint now) const { return expiresAt <= now; }
    /// The deadline of a session of this policy that was last used \a at: \a defaultIdle after it if the session has no idle time
    /// of its own, and never behind absoluteExpiresAt.
    [[nodiscard]] TimePoint deadlineFrom(TimePoint at, std::chrono::milliseconds defaultIdle) const;
    /// Which deadline ends it: "idle", "absolute" or "fixed". The `reason` of the event `expired`.
    [[nodiscard]] QLatin1StringView expiryReason() const;
    /// What is known of the visit.
    [[nodiscard]] VisitFacts visitFacts() const { return VisitFacts::fromText(visit); }
    /// The fields of a record in snapshots, the CLI and the API; without "data", and with "visit" only
    /// where something is known of it.
    [[nodiscard]] QJsonObject toJson() const;

    friend bool operator==(const SessionInfo &a, const SessionInfo &b) = default;
};

/// What a store holds for one key.
struct SOJOURN_CORE_EXPORT SessionRecord : SessionInfo
{
    SessionData data; ///< the attributes
    QByteArray flash; ///< JSON array text of the flash values that wait to be read; empty for none
    QByteArray csrfSecret; ///< 16 random bytes, fresh at creation and rotation; empty in records from snapshots

    /// Sets size and attributeCount from data.
    void updateCounts();
    /// Whether every store could keep it: version, names, values, user and flash values as jsonrules.h says (else
    /// Error::Invalid), each name once, and no more than \a sizeLimit bytes of data and user (else Error::TooLarge).
    [[nodiscard]] Result<void> check(qsizetype sizeLimit) const;
    /// About how many bytes it takes in a cache.
    [[nodiscard]] qsizetype memoryUse() const;
    /// The record as snapshots and `show` print it: toJson() of the info and "data".
    [[nodiscard]] QJsonObject toJson() const;
    /// Reads what toJson() writes, if it can be kept (jsonrules.h); the error names the field that is wrong.
    [[nodiscard]] static Result<SessionRecord> fromJson(const QJsonObject &json);

    friend bool operator==(const SessionRecord &a, const SessionRecord &b) = default;
};

} // namespace Sojourn

Q_DECLARE_METATYPE(Sojourn::SessionRecord)
