// SPDX-License-Identifier: MIT
#pragma once

#include "sessionrecord.h"

#include <QtCore/QHash>
#include <QtCore/QVarLengthArray>

namespace Sojourn {

/// How many sessions a user may have, and what happens to one too many.
struct UserCap
{
    /// Who gives way.
    enum Policy {
        Evict, ///< the session created first goes
        Refuse ///< the change fails with Error::LimitReached
    };
    int limit = 0; ///< how many; to a store 0 is no limit, SessionOptions want at least 1
    Policy policy = Evict; ///< what happens to one too many

    friend bool operator==(const UserCap &a, const UserCap &b) = default;
};

/// What one request did to a record. Never a copy of the record: stores merge changes, so that two requests
/// which write different attributes both keep theirs.
class SOJOURN_CORE_EXPORT SessionChange
{
public:
    /// What a change does to one attribute.
    struct Attribute
    {
        /// What is done.
        enum Operation : quint8 { Set, Remove, Increment };
        Operation operation; ///< set, Remove or Increment
        QByteArray name; ///< UTF-8
        QByteArray json; ///< of Set
        qint64 by = 0;   ///< of Increment

        friend bool operator==(const Attribute &a, const Attribute &b) = default;
    };

    /// Moves lastSeenAt to \c at and the idle deadline to the record's idle time after it, unless the record was seen less than
    /// \c interval before or even after \c at: of overlapping requests one touches, and no time moves backwards.
    struct Touch
    {
        TimePoint at; ///< when the session was used
        std::chrono::milliseconds interval{0}; ///< the least time between two touches

        friend bool operator==(const Touch &a, const Touch &b) = default;
    };

    /// Sets attribute \a name (UTF-8) to the value that \a json spells. A name or JSON that cannot be kept (jsonrules.h) makes
    /// the whole change invalid: check() and applyTo() say why.
    void set(QByteArrayView name, QByteArrayView json);
    /// The same for a name that is valid UTF-8 and JSON from writeJson() or readJson(), without looking at them again.
    void setChecked(QByteArrayView name, QByteArray json);
    /// Removes attribute \a name (UTF-8), if it is there.
    void remove(QByteArrayView name);
    /// Adds \a by to the number in attribute \a name (UTF-8).
    void increment(QByteArrayView name, qint64 by);
    /// Removes every attribute, and forgets what this change did to attributes before.
    void clear();
    /// Adds a flash value (JSON text) behind those that wait.
    void addFlash(QByteArrayView json);

    /// Keeps \a after, the result of merging this change into \a before: applyTo() takes it for a record whose data shares the
    /// buffer of \a before. The next change of an attribute forgets it.
    void setMerged(const SessionData &before, const SessionData &after);

    /// Whether clear() was called.
    [[nodiscard]] bool clearsFirst() const { return m_clear; }
    /// What is done to attributes, each named once.
    [[nodiscard]] const QVarLengthArray<Attribute, 2> &attributes() const { return m_attributes; }
    /// What is done to attribute \a name (UTF-8), or null. Valid until this object changes.
    [[nodiscard]] const Attribute *find(QByteArrayView name) const;

    std::optional<QString> user; ///< empty unbinds
    std::optional<std::optional<Expiry>> expiry; ///< a new policy; nullopt inside returns to the application's
    std::chrono::milliseconds defaultIdle = Expiry::DefaultIdle; ///< of records without an idle time of their own
    std::optional<TimePoint> deadline; ///< when the session is to end next, whatever its policy; use moves that on as ever
    std::optional<Touch> touch; ///< that the session was used
    QByteArray flash; ///< JSON array text of the values to add
    QByteArray csrfSecret; ///< if not empty, the new secret
    std::optional<QByteArray> visit; ///< facts that become others (VisitFacts::changeTo()); no reason for a new version
    std::optional<bool> rotateRequested; ///< whether the next request of the session is to get a fresh id
    std::optional<quint64> expectedVersion; ///< another version in the store: Error::Conflict
    std::optional<UserCap> cap; ///< looked at when the change binds a user
    std::optional<qsizetype> sizeLimit; ///< of whoever makes the change, where it is below that of the store

    /// Whether every store could keep what this change brings: names, values, user and flash values as jsonrules.h says.
    /// applyTo() looks itself; stores that send a change elsewhere ask first.
    [[nodiscard]] Result<void> check() const;

    /// Nothing to write at all.
    [[nodiscard]] bool isEmpty() const;
    /// Nothing to write but a touch.
    [[nodiscard]] bool isTouchOnly() const;

    /// The merging rule, the only one: applies this change to \a record at \a now.
    /// Clear comes first, then the attributes; the version rises if data, user or expiry differ afterwards.
    /// Conflict, TooLarge (data and user, and the flash values where the change adds one, against \a storeLimit or less bytes)
    /// and Invalid (what check() refuses, increment of something that is no number) leave the record as it was. The cap is the
    /// store's business, as only it sees the other sessions of a user, and so are keys in grace, all of which end when a user is
    /// bound. Takes time linear in the record and the change.
    /// \return whether the version rose.
    Result<bool> applyTo(SessionRecord &record, TimePoint now, qsizetype storeLimit) const;

    /// What applyTo() says of a record at \a version: Error::Conflict if another one is \a expected. Nothing expected is any.
    [[nodiscard]] static Result<void> checkVersion(quint64 version, std::optional<quint64> expected);
    /// What applyTo() says of a record of \a size bytes, for callers that check first.
    [[nodiscard]] static Error tooLarge(qsizetype size, qsizetype sizeLimit);
    /// What applyTo() says of an increment of attribute \a name, which is no number.
    [[nodiscard]] static Error notANumber(QByteArrayView name);

    friend bool operator==(const SessionChange &a, const SessionChange &b) = default;

private:
    qsizetype indexOf(QByteArrayView name) const;
    Attribute &attribute(QByteArrayView name);
    void refuse(const Error &error);
    Result<bool> mergeInto(SessionData &data) const;
    Result<bool> mergeInOnePass(SessionData &data) const;

    struct Merged
    {
        SessionData before;
        SessionData after;
        bool isKnown = false;

        friend bool operator==(const Merged &, const Merged &) { return true; } // says nothing that the attributes do not say
    };

    QVarLengthArray<Attribute, 2> m_attributes;
    Merged m_merged;
    QHash<QByteArray, qsizetype> m_positions; // of m_attributes by name, once there are many
    ErrorText m_fault; // why the change can never be applied
    bool m_clear = false;
};

/// \a json (the JSON text of a number, or a null view) plus \a by, as stores do it: integers exactly, saturating at the
/// ends of 64 bits; other numbers as double. Nothing if \a json is not a number.
[[nodiscard]] SOJOURN_CORE_EXPORT std::optional<QByteArray> incrementJson(QByteArrayView json, qint64 by);

} // namespace Sojourn
