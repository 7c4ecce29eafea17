// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/convert.h>
#include <Sojourn/error.h>
#include <Sojourn/expiry.h>
#include <Sojourn/sessionid.h>
#include <Sojourn/sessionrecord.h>

#include <QtCore/QFuture>
#include <QtCore/QJsonArray>

#include <memory>
#include <optional>

namespace Sojourn {

class SessionState;
class SessionStore;

/// A visitor's session: attributes by name, a user, a deadline.
///
/// Copies share state. Nothing is read before it is needed and nothing is written but what changed; inside a SessionManager's
/// routes and hooks the changes are saved when the response leaves, elsewhere by save(). Use a session in the thread of its
/// store: in another one calls do nothing, and those that return a result fail with Error::Invalid.
///
/// Attribute and user names must be valid Unicode, and values what checkJson() takes: others are refused, error() is
/// Error::Invalid, and the response becomes 409 with nothing saved.
///
/// A call that needs the record and finds it not loaded waits for the store (SessionStore::waitFor()); in routes it is loaded
/// beforehand. If the store fails, reading gives nothing, error() says why, and the response becomes 503.
class SOJOURN_CORE_EXPORT Session
{
public:
    /// The session of \a id, not loaded yet; without an id a new one. \a expiry is the policy of records that this object
    /// creates; without one they end after two weeks without a request.
    Session(std::optional<SessionId> id, std::shared_ptr<SessionStore> store, std::optional<Expiry> expiry = {});
    /// A handle on a state that exists; what the front ends make.
    explicit Session(std::shared_ptr<SessionState> state);
    /// Copies are handles on the same session.
    Session(const Session &) = default;
    /// \copydoc Session(const Session &)
    Session(Session &&) noexcept = default;
    /// \copydoc Session(const Session &)
    Session &operator=(const Session &) = default;
    /// \copydoc Session(const Session &)
    Session &operator=(Session &&) noexcept = default;
    ~Session();

    /// Sets attribute \a name. An equal value is no change. \a T is anything that toJsonValue() takes. A
    /// value without a JSON form is refused: error() is Error::Invalid and names the property and its type.
    template<class T>
    void insert(QAnyStringView name, const T &value)
    {
        if constexpr (Detail::Text<T> || std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            insertValue(name, toJsonValue(value));
        } else if (const QJsonValue json = toJsonValue(value); !json.isUndefined()) {
            insertValue(name, json);
        } else {
            refuse(Detail::noJsonForm(QMetaType::fromType<T>(), &value));
        }
    }
    /// A value or name that no store could keep (see jsonrules.h: nested too deeply, not finite, not Unicode) changes nothing,
    /// and error() is Error::Invalid. \return the value that was replaced, if it was another.
    std::optional<QJsonValue> insertValue(QAnyStringView name, const QJsonValue &value);
    /// The same as insert().
    template<class T>
    void set(QAnyStringView name, const T &value)
    {
        insert(name, value);
    }

    /// The attribute as \a T; nothing if there is none or it does not convert without loss of meaning (see fromJsonValue()).
    template<class T>
    [[nodiscard]] std::optional<T> get(QAnyStringView name) const
    {
        const std::optional<QJsonValue> value = getValue(name);
        return value ? fromJsonValue<T>(*value) : std::nullopt;
    }
    /// Attribute \a name as JSON, nothing if there is none.
    [[nodiscard]] std::optional<QJsonValue> getValue(QAnyStringView name) const;
    /// Every attribute.
    [[nodiscard]] QJsonObject data() const;

    /// Removes the attribute; \return what it was, nothing if it was not there or is no \a T (it is removed all the same).
    template<class T>
    std::optional<T> remove(QAnyStringView name)
    {
        const std::optional<QJsonValue> value = removeValue(name);
        return value ? fromJsonValue<T>(*value) : std::nullopt;
    }
    /// Removes attribute \a name. \return its JSON, nothing if there was none.
    std::optional<QJsonValue> removeValue(QAnyStringView name);

    /// Adds \a by to the number in the store, so that overlapping requests lose no count; a missing attribute counts as 0.
    /// An attribute that is no number is refused: error() is Error::Invalid, and the response becomes 409 with nothing saved.
    void increment(QAnyStringView name, qint64 by = 1);

    /// Removes every attribute. The session stays, with its id, user and deadlines.
    void clear();
    /// Whether there is neither an id nor an attribute. Does not read the store.
    [[nodiscard]] bool isEmpty() const;
    /// Whether the store has a record of this session: one was found, or this object has saved one.
    [[nodiscard]] bool isActive() const;

    /// The id from the cookie, or the new one. Does not read the store: before it is loaded it may name no session.
    [[nodiscard]] std::optional<SessionId> id() const;
    /// The key of id(), null without one.
    [[nodiscard]] SessionKey key() const;
    /// What the record says beside its data, with the changes of this object that are not saved yet.
    [[nodiscard]] SessionInfo info() const;

    /// The session's own policy; nothing if it follows the application's.
    [[nodiscard]] std::optional<Expiry> expiry() const;
    /// Gives the session a policy of its own, or with nullopt takes it away. The deadline starts anew.
    void setExpiry(std::optional<Expiry> expiry);
    /// The moment at which the session ends, the earlier of idle and absolute deadline. UTC.
    [[nodiscard]] QDateTime expiryDate() const;
    /// From now to expiryDate(), never negative.
    [[nodiscard]] std::chrono::milliseconds expiryAge() const;

    /// Whether this object changed the session, saved or not.
    [[nodiscard]] bool isModified() const;

    /// The bound account name; null if there is none.
    [[nodiscard]] QString user() const;
    /// Binds the session to \a user; an empty one unbinds. Error::Invalid (error()) if it is not Unicode or longer than
    /// MaxUserSize, from which SessionOptions::realm takes its own length and one. When someone logs in use logIn(), which
    /// rotates too (OWASP: session fixation).
    void setUser(const QString &user);

    /// Someone logs in: setUser() and rotate(). Attributes stay, as a visitor keeps the cart: where the session may be another
    /// user's, call clear() first, or what was theirs (a role!) becomes the new user's. An empty name is refused: error() is
    /// Error::Invalid and the response becomes 409.
    void logIn(const QString &user);
    /// The same as destroy().
    void logOut();

    /// Gives the record a fresh id when the response leaves, with a new CSRF token; the old id dies in the same step, and the
    /// old token with it, unless csrfToken() gave it to this request before: then it is in the page that leaves now, and stays
    /// valid beside the new one until the next rotation. Ask afterwards.
    void rotate();
    /// Whether the id changes when the response leaves, asked for here or by an operator.
    [[nodiscard]] bool rotationRequested() const;
    /// Removes the record when the response leaves, and the cookie with it, whatever else this object did or failed to do.
    /// Changes are lost, flash values too: show a farewell on the page that this response leads to.
    void destroy();
    /// Whether destroy() was called.
    [[nodiscard]] bool isDestroyed() const;

    /// What the visitor calls the device, as in "my laptop"; kept beside the data, for info().visitFacts() and lists of sessions.
    /// Cut at 100 characters. Creates no session by itself.
    void setLabel(const QString &label);

    /// This request is no activity, such as that of a page that polls: it does not move the idle deadline.
    void setPassive();

    /// Adds a value that a later request reads exactly once with flash() or takeFlash(). Those that wait count against the size
    /// limit.
    void addFlash(const QJsonValue &value);
    /// The flash values that earlier requests left. They are taken from the store when the response leaves, so a failing one
    /// leaves them for the next request, unless the store is lost in the middle of that. Of overlapping requests one gets them,
    /// the others none; if that one is in another process, the later response becomes 409. The second call gives none.
    [[nodiscard]] QJsonArray flash();
    /// The same against the store. Immediate: of overlapping requests one gets them, which may be one that called flash().
    QFuture<Result<QJsonArray>> takeFlash();

    /// The token that a form sends back in X-CSRF-Token; asking for it creates a session. It lives as long as the session and
    /// changes with rotate().
    [[nodiscard]] QString csrfToken();
    /// Whether \a token is this session's. Compares in constant time.
    [[nodiscard]] bool verifyCsrfToken(QAnyStringView token) const;

    /// Immediate operations against the store. They are done when their future is finished, and a failing response does not undo
    /// them. Go on with then(). QFuture::result() would wait for ever, as it keeps the store from working: code that has to block
    /// calls `session.store()->waitFor(session.save())`.
    /// @{
    /// Reads the record anew; changes of this object that are not saved stay. Finding none is no error.
    QFuture<Result<void>> load();
    /// Writes the changes now; what others wrote meanwhile shows after load(). If that fails, or a call before was refused, all
    /// changes so far are lost, but for the expiry of a session that is not created yet, and the error is answered herewith: it
    /// does not spoil the response. Called again with nothing new, it answers that error again.
    QFuture<Result<void>> save();
    /// Removes the record and keeps the id here. Error::NotFound if it has got another id meanwhile: the visitor is still logged
    /// in.
    QFuture<Result<void>> deleteRecord();
    /// Removes the record, the attributes and the id. Error::NotFound as with deleteRecord().
    QFuture<Result<void>> flush();
    /// Saves as save() does, under a fresh id; the old one is dead.
    QFuture<Result<void>> cycleId();
    /// Removes every session of this session's user, this one too unless \a keepCurrent. If that fails, earlier changes of this
    /// object are saved all the same. \return how many; 0 if nobody is logged in. Without \a keepCurrent this is afterwards the
    /// session of a new visitor: changes that were not saved are lost, and the cookie goes unless something is written.
    QFuture<Result<qint64>> revokeUserSessions(bool keepCurrent);
    /// @}

    /// Why the last call that needed the store failed, if it did.
    [[nodiscard]] std::optional<Error> error() const;
    /// Where this session is kept.
    [[nodiscard]] std::shared_ptr<SessionStore> store() const;

private:
    void refuse(Error error);

    std::shared_ptr<SessionState> d;
};

} // namespace Sojourn
