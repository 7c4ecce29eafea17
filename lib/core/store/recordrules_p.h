// SPDX-License-Identifier: MIT
#pragma once

// What a record becomes: the one rule of update(), rotate() and renewal. Stores read a record, ask here what becomes of it, and
// persist the answer. They alone know other records, so two things are left to them, before anything is written: a new key that
// is taken (Error::Exists), and the cap of a user's sessions where RecordStep::changesUser (Error::LimitReached).

#include <Sojourn/jsonrules.h>
#include <Sojourn/sessionchange.h>
#include <Sojourn/sessionevent.h>

namespace Sojourn::Detail {

/// So many keys in a row that were taken away are followed to a record.
inline constexpr int MostKeysFollowed = 100;

/// The bytes of \a session that SessionRecord::check() holds against the size limit.
inline qsizetype countedSize(const SessionInfo &session)
{
    return session.size + utf8Size(session.user);
}

/// What a call of SessionStore::update() or rotate() asks for.
struct RecordCall
{
    SessionKey key;                      ///< as it was given: the record's own, or one in its grace time
    std::optional<SessionKey> newKey;    ///< of rotate(); the record's own key is none
    std::chrono::milliseconds grace{0};  ///< of rotate()
    TimePoint now{};
    qsizetype sizeLimit = 0;
};

/// What becomes of a record.
struct RecordStep
{
    enum class OldKey : quint8 {
        Stays,   ///< the record keeps its key
        InGrace, ///< it stands for the record until RecordCall::now + grace
        Replaced ///< it is dead, and load() answers Error::Replaced for SessionStore::ReplacedKept
    };

    SessionRecord record;              ///< as it becomes, under its new key if it moves
    std::optional<SessionEvent> event; ///< that tells of it; nothing if the record stays as it was
    std::optional<SessionEvent> end;   ///< an administrator ended the session: it is told behind the other, and the record goes
    OldKey oldKey = OldKey::Stays;
    bool changesUser = false;          ///< SessionChange::cap holds for the other sessions of record.user
    bool endsGraces = false;           ///< keys in grace from before this step are dead too; they count as replaced

    [[nodiscard]] bool movesKey() const { return oldKey != OldKey::Stays; }
};

/// Whether \a call moves a record whose key is \a recordKey. A renewal (grace above 0, or NoGrace) through a key in its grace
/// time does not: the record has been renewed already.
[[nodiscard]] SOJOURN_CORE_EXPORT bool movesKey(const SessionKey &recordKey, const RecordCall &call);

/// What \a change, by \a call, makes of the living record \a before. Errors are those of SessionChange::applyTo().
/// - The event tells Changed, Rotated for a move, or Touched where only times and facts of the visit are others.
/// - Events carry the administrator in whose name the calling thread works (Author).
/// - A move takes the new key, issues the id anew, fulfils rotateRequested and raises the version by one in all.
/// - A login (another user is bound) and a move without grace end every grace.
/// - The loser of a renewal leaves the CSRF secret of the winner as it is.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<RecordStep> recordAfter(SessionRecord &&before, const SessionChange &change,
                                                                 const RecordCall &call);

} // namespace Sojourn::Detail
