// SPDX-License-Identifier: MIT
#include "session.h"

#include "sessionstate_p.h"
#include "store/nostore_p.h"
#include "value/base64url_p.h"
#include "value/jsonrules.h"
#include "value/secret_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

Session::Session(std::optional<SessionId> id, std::shared_ptr<SessionStore> store, std::optional<Expiry> expiry)
    : d(std::make_shared<SessionState>(id, Detail::orNoStore(std::move(store)), std::make_shared<SessionPolicy>(), expiry))
{ }

Session::Session(std::shared_ptr<SessionState> state) : d(std::move(state)) { }

Session::~Session() = default;

// ---- Attributes

std::optional<QJsonValue> Session::insertValue(QAnyStringView name, const QJsonValue &value)
{
    if (!d->ensureLoaded())
        return std::nullopt;
    Result<QByteArray> json = writeJson(value);
    if (const auto named = checkAttributeName(name); !named)
        json = std::unexpected(named.error());
    if (!json) {
        d->refuse(std::move(json.error()));
        return std::nullopt;
    }
    return Detail::withUtf8(name, [&](QByteArrayView utf8) -> std::optional<QJsonValue> {
        const QByteArrayView before = d->m_data.json(utf8);
        if (before == *json)
            return std::nullopt;
        const std::optional<QJsonValue> replaced = before.isNull() ? std::nullopt : decodeJson(before);
        if (replaced && *replaced == value)
            return std::nullopt;
        d->setAttribute(utf8, *json);
        return replaced;
    });
}

void Session::refuse(Error error)
{
    if (d->ensureLoaded())
        d->refuse(std::move(error));
}

std::optional<QJsonValue> Session::getValue(QAnyStringView name) const
{
    return d->ensureLoaded() ? d->value(name) : std::nullopt;
}

QJsonObject Session::data() const
{
    return d->ensureLoaded() ? d->m_data.whole().toJson() : QJsonObject();
}

std::optional<QJsonValue> Session::removeValue(QAnyStringView name)
{
    if (!d->ensureLoaded())
        return std::nullopt;
    return Detail::withUtf8(name, [this](QByteArrayView utf8) -> std::optional<QJsonValue> {
        const QByteArrayView before = d->m_data.json(utf8);
        if (before.isNull())
            return std::nullopt;
        const std::optional<QJsonValue> removed = decodeJson(before);
        d->m_change.remove(utf8);
        d->m_data.remove(utf8);
        d->m_modified = true;
        return removed;
    });
}

void Session::increment(QAnyStringView name, qint64 by)
{
    if (!d->ensureLoaded())
        return;
    if (auto named = checkAttributeName(name); !named) {
        d->refuse(std::move(named.error()));
        return;
    }
    Detail::withUtf8(name, [this, by](QByteArrayView utf8) {
        const std::optional<QByteArray> sum = incrementJson(d->m_data.json(utf8), by);
        if (!sum) {
            d->refuse(SessionChange::notANumber(utf8));
            return;
        }
        d->m_change.increment(utf8, by);
        d->m_data.insert(utf8, QByteArrayView(*sum));
        d->m_modified = true;
    });
}

void Session::clear()
{
    if (!d->ensureLoaded() || d->m_data.whole().isEmpty())
        return;
    d->m_change.clear();
    d->m_data.clear();
    d->m_modified = true;
}

// ---- Identity

bool Session::isEmpty() const
{
    d->m_read = true;
    return !d->m_id && d->m_data.whole().isEmpty();
}

bool Session::isActive() const
{
    return d->ensureLoaded() && d->m_known == SessionState::Known::Loaded && !d->m_lost;
}

std::optional<SessionId> Session::id() const
{
    d->m_read = true;
    return d->m_id;
}

SessionKey Session::key() const
{
    d->m_read = true;
    return d->m_key;
}

SessionInfo Session::info() const
{
    d->ensureLoaded();
    return d->info();
}

bool Session::isModified() const
{
    return d->m_modified;
}

QString Session::user() const
{
    if (!d->ensureLoaded())
        return {};
    if (d->m_change.user)
        return d->m_change.user->isEmpty() ? QString() : *d->m_change.user;
    return d->m_record.user;
}

void Session::setUser(const QString &name)
{
    if (!d->ensureLoaded() || user() == name)
        return;
    if (auto allowed = checkUser(name, d->m_policy->userSizeLimit); !allowed) {
        d->refuse(std::move(allowed.error()));
        return;
    }
    d->m_change.user = name;
    d->m_modified = true;
}

void Session::setLabel(const QString &label)
{
    if (!d->ensureLoaded())
        return;
    const VisitFacts before = d->visitFacts();
    VisitFacts after = before;
    after.label = label;
    if (auto change = before.changeTo(after)) {
        d->m_change.visit = std::move(change);
        d->m_modified = true;
    }
}

// ---- Expiry

std::optional<Expiry> Session::expiry() const
{
    if (!d->ensureLoaded())
        return d->m_ownExpiry;
    return d->info().expiry;
}

void Session::setExpiry(std::optional<Expiry> expiry)
{
    if (!d->ensureLoaded())
        return;
    if (d->m_known == SessionState::Known::Loaded)
        d->m_change.expiry = expiry;
    else
        d->m_ownExpiry = expiry;
    d->m_modified = true;
}

QDateTime Session::expiryDate() const
{
    return toDateTime(info().expiresAt);
}

std::chrono::milliseconds Session::expiryAge() const
{
    return std::max(std::chrono::milliseconds::zero(), info().expiresAt - d->m_store->now());
}

// ---- The id, the end, and what rides beside the data

void Session::logIn(const QString &name)
{
    if (!d->ensureLoaded())
        return;
    if (name.isEmpty()) {
        d->refuse({Error::Invalid, u"Nobody can log in without a name. Give the name of the user."_s});
        return;
    }
    setUser(name);
    rotate();
}

void Session::logOut()
{
    destroy();
}

void Session::rotate()
{
    if (!d->ensureLoaded())
        return;
    d->requestRotation(SessionState::Rotation::Handler);
    d->m_modified = true;
}

bool Session::rotationRequested() const
{
    return d->m_rotation != SessionState::Rotation::None;
}

void Session::destroy()
{
    if (!d->isUsedHere())
        return;
    d->m_read = true;
    d->m_removal = SessionState::Removal::Wanted;
    d->m_modified = true;
}

bool Session::isDestroyed() const
{
    return d->m_removal != SessionState::Removal::None;
}

void Session::setPassive()
{
    d->m_passive = true;
}

void Session::addFlash(const QJsonValue &value)
{
    if (!d->ensureLoaded())
        return;
    Result<QByteArray> json = writeJson(value);
    if (!json) {
        d->refuse(std::move(json.error()));
        return;
    }
    d->m_change.addFlash(*json);
    d->m_modified = true;
}

QJsonArray Session::flash()
{
    if (!d->ensureLoaded())
        return {};
    return SessionState::flashValues(d->handOutFlash());
}

QString Session::csrfToken()
{
    if (!d->ensureLoaded())
        return {};
    return QString::fromLatin1(Detail::encodeBase64Url(d->csrfSecret()));
}

bool Session::verifyCsrfToken(QAnyStringView token) const
{
    if (!d->ensureLoaded())
        return false;
    const QByteArray given = token.toString().toLatin1();
    bool isRight = false;
    const QByteArrayList right = d->rightSecrets();
    for (const QByteArray &secret : right)
        isRight |= Detail::isSameSecret(given, Detail::encodeBase64Url(secret));
    return isRight;
}

// ---- Immediate operations

QFuture<Result<void>> Session::load()
{
    return d->reload().future();
}

QFuture<Result<void>> Session::save()
{
    return d->save().future();
}

QFuture<Result<void>> Session::deleteRecord()
{
    return d->deleteRecord().future();
}

QFuture<Result<void>> Session::flush()
{
    d->m_modified = true;
    return d->flush().future();
}

QFuture<Result<void>> Session::cycleId()
{
    d->m_modified = true;
    return d->cycleId().future();
}

QFuture<Result<QJsonArray>> Session::takeFlash()
{
    return d->takeFlash()
        .then([](const Result<QByteArray> &flash) {
            return flash ? Result<QJsonArray>(SessionState::flashValues(*flash)) : std::unexpected(flash.error());
        })
        .future();
}

QFuture<Result<qint64>> Session::revokeUserSessions(bool keepCurrent)
{
    return d->revokeUserSessions(keepCurrent).future();
}

std::optional<Error> Session::error() const
{
    return d->m_error;
}

std::shared_ptr<SessionStore> Session::store() const
{
    return d->m_store;
}

} // namespace Sojourn
