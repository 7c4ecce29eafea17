// SPDX-License-Identifier: MIT
#pragma once

#include "storewrapper.h"

namespace Sojourn {

/// The sessions of one application in a store that several share. A session of another realm does not exist here, even for
/// who has its id, and users of one name in two realms are two users, with a cap and a "log out everywhere" each.
///
/// In the store itself a session has its realm in SessionInfo::visit, and its user is called "REALM/USER": so the inspector and
/// the command line show and find them. Give every application on the store a realm: one without sees all sessions, as the store
/// does.
///
/// count(), and the total of a list of all users, are those of the store, so a page of that may be shorter than asked for.
/// Events and history leave out what users of other realms do, and tell of sessions without a user whosever they are.
class SOJOURN_CORE_EXPORT RealmStore final : public StoreWrapper
{
    Q_OBJECT
public:
    /// The part of \a inner that belongs to \a realm, for which isRealm() holds.
    RealmStore(const QString &realm, std::shared_ptr<SessionStore> inner, QObject *parent = nullptr);
    ~RealmStore() override;

    /// Whether a realm may be called so: 1 to 64 characters of valid Unicode without "/".
    [[nodiscard]] static bool isRealm(const QString &name);
    /// How many bytes a user name of \a realm is longer in the store.
    [[nodiscard]] static qsizetype userOverhead(const QString &realm);

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                             CreateMode mode = CreateMode::New) override;
    Task<SessionRecord> load(const SessionKey &key) override;
    Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) override;
    Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                             std::chrono::milliseconds grace = {}) override;
    Task<SessionInfo> remove(const SessionKey &key, Removal why) override;
    Task<SessionInfo> removeVersion(const SessionKey &key, quint64 version, Removal why) override;
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override;
    Task<QByteArray> takeFlash(const SessionKey &key) override;
    Task<SessionPage> list(const SessionQuery &query) override;
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override;

private:
    class Realm;
    template<class Call>
    std::invoke_result_t<Call> ifOurs(const SessionKey &key, Call call);
    template<class Call>
    Task<SessionInfo> changeOurs(const SessionKey &key, Call call);
    template<class Call>
    Task<SessionInfo> removeOurs(const SessionKey &key, Call call);

    static Task<SessionRecord> replacedElsewhere(const std::shared_ptr<SessionStore> &store, const std::shared_ptr<Realm> &realm,
                                                 const SessionKey &key, Error replaced);
    static Task<QList<SessionEvent>> ownHistory(const std::shared_ptr<SessionStore> &store, const std::shared_ptr<Realm> &realm,
                                                const HistoryQuery &query, int wanted);

    const std::shared_ptr<Realm> m_realm;
};

} // namespace Sojourn
