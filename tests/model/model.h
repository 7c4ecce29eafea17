// SPDX-License-Identifier: MIT
#pragma once

#include "operation.h"

#include <Sojourn/SessionEvent>
#include <Sojourn/SessionStore>

#include <map>
#include <set>

/// What sessions must do, said once more and as plainly as possible: lists and loops, nothing shared with the library but ids,
/// keys and JSON values. Times are in ms.
class Model
{
public:
    using Key = Sojourn::SessionKey;
    using Event = Sojourn::SessionEvent;

    struct Policy
    {
        qint64 idle = 600'000;
        std::optional<qint64> absolute;
        std::optional<qint64> touchInterval;
        std::optional<qint64> renewInterval;
        qint64 grace = 30'000;
        bool sessionEnd = false;
        std::optional<Sojourn::UserCap> cap;
        qint64 sizeLimit = 16'384;
    };

    enum class Own : quint8 { None, Idle, SessionEnd, At };

    struct Record
    {
        Key key;
        QString user;
        qint64 createdAt = 0;
        qint64 seenAt = 0;
        qint64 expiresAt = 0;
        qint64 idIssuedAt = 0;
        std::optional<qint64> absolute;
        quint64 version = 1;
        Own own = Own::None;
        qint64 ownValue = 0; ///< ms of Idle, the moment of At
        std::map<QString, QJsonValue> data;
        QList<QJsonValue> flash;
        int flashTaken = 0; ///< how often it was
        bool rotateRequested = false;
        std::map<Key, qint64> graces;     ///< ids that renewal replaced, and until when they are good
        int token = 0; ///< number of its CSRF token, which is known once it was seen
        QString olderToken; ///< what the request of the last rotation had given out before: it is good too

        friend bool operator==(const Record &a, const Record &b) = default;
    };

    /// One request between its arrival and its answer.
    struct Request
    {
        QList<Key> offered; ///< well-formed ids of the cookies
        bool fromOtherSite = false;
        bool malformed = false; ///< there are cookies that are no ids

        std::optional<Record> seen; ///< the record as the handler sees it, nothing if it has none
        std::optional<Record> known; ///< as the store had it when it was loaded or saved last
        bool replaced = false;      ///< it came with an id that rotate() took away a moment ago
        bool besideReplaced = false;///< and with another one
        QList<Key> endsToo;         ///< with a log-out
        bool viaGrace = false;
        bool keepsNothing = false;

        QList<Action> pending;
        std::optional<Record> before; ///< of a session without record: nothing saved yet
        Own own = Own::None;
        qint64 ownValue = 0;
        qint64 touchInterval = 0; ///< of the session as it was loaded
        bool rotates = false;
        bool operatorRotates = false; ///< an operator had asked for a fresh id when the request came
        bool destroys = false;
        bool refused = false;
        bool saveFailed = false;
        bool passive = false;
        bool lost = false;
        bool gone = false;       ///< flushed
        bool movedOn = false;    ///< or not, as it had got another id
        bool touched = false;    ///< by save()
        bool newCookie = false;  ///< of save(): goes out if the answer is no failure
        bool immediate = false;  ///< a cookie that goes out whatever the status is
        bool removalCookie = false;
        bool takesFlash = false;
        QList<QJsonValue> flashTaken;
        Key flashKey; ///< under which they are claimed
        QString tokenGiven; ///< before a rotation was asked for
        QString rotationToken; ///< afterwards
        bool wantsToken = false;
    };

    /// What the visitor must get.
    struct Answer
    {
        QList<int> status;
        enum Cookie : quint8 { None, Same, New, Removal };
        QList<Cookie> cookie{None};
        std::optional<qint64> maxAge; ///< s
    };

    explicit Model(const Policy &policy) : m_policy(policy) { }

    // ---- The visitor's side

    void load(Request &request, qint64 now);
    /// What the call must give, null where it does not matter. \a given is what it gave: new ids and tokens cannot be foretold.
    QString act(Request &request, const Action &action, qint64 now, const QString &given);
    Answer answer(Request &request, int status, qint64 now, const std::optional<Key> &cookie);
    /// Whether the action makes sense here. Others are left out, in the model and in the handler.
    bool allows(const Request &request, const Action &action) const;

    // ---- The administrator's side. Each returns the error that the store must give, if any

    std::optional<Sojourn::Error::Code> remove(const Key &key, qint64 now, Sojourn::SessionStore::Removal why);
    qint64 removeUser(const QString &user, qint64 now);
    std::optional<Sojourn::Error::Code> edit(const Key &key, const QString &name, const QJsonValue &value,
                                             std::optional<quint64> version, qint64 now);
    std::optional<Sojourn::Error::Code> expire(const Key &key, qint64 at, qint64 now);
    std::optional<Sojourn::Error::Code> askForRotation(const Key &key, qint64 now);
    qint64 sweep(qint64 limit, qint64 now);
    /// Whether there is such a record, expired and not swept.
    bool isOver(const Key &key, qint64 now) const;
    /// A store may sweep an expired record when it meets it: it did, and told of it.
    void swept(const Event &event);

    // ---- What can be looked at

    QList<Record> living(qint64 now) const;
    Record *find(const Key &key, qint64 now);
    bool isReplaced(const Key &key, qint64 now) const;
    /// The events since the last call.
    QList<Event> takeEvents() { return std::exchange(m_events, {}); }
    const QList<Event> &history() const { return m_history; }
    const Policy &policy() const { return m_policy; }

private:
    enum class Applied : quint8 { Done, Invalid, TooLarge, Refused };
    Applied apply(Record &record, const QList<Action> &pending, qint64 now);
    Applied enforceCap(const Record &record, bool bindsUser, qint64 now);
    qint64 sizeOf(const Record &record) const;
    qint64 deadline(const Record &record, qint64 from) const;
    qint64 touchInterval(const Record &record) const;
    std::optional<qint64> maxAge(const Record &record, qint64 now) const;
    int agreedToken(const Record &before);
    Key claimKey(const Key &key) const;
    void removeOthers(Request &request, qint64 now);
    bool wouldCreate(const Request &request) const;
    Answer create(Request &request, int status, qint64 now, const std::optional<Key> &newKey);
    Answer save(Request &request, int status, qint64 now, const std::optional<Key> &newKey, bool atOnce, bool rotates);
    void endGraces(Record &record, qint64 now);
    void move(Record &record, const Key &newKey, qint64 now);
    void tell(Event::Type type, const Record &record, qint64 now, const QString &reason = {}, std::optional<Key> oldKey = {});
    void tellExpired(const Record &record, qint64 now);
    void erase(const Key &key);

    Policy m_policy;
    QList<Record> m_records; // expired ones that were not swept too
    std::map<Key, qint64> m_replaced; // and until when that is known
    std::map<Key, int> m_claims; // by claimKey()
    std::map<Key, Key> m_claimKeys; // of keys that took the place of others
    std::map<Key, int> m_flashTaken; // how often it was, of records that are over too
    std::map<int, QString> m_tokens;
    std::map<std::pair<Key, int>, int> m_agreedTokens; // of operators' rotations, by the key and token before
    int m_tokenCount = 0;
    QList<Event> m_events;
    QList<Event> m_history;
};
