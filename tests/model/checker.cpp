// SPDX-License-Identifier: MIT
#include "checker.h"

#include <Sojourn/SessionResponder>
#include <Sojourn/sessiondata.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>

#include <algorithm>
#include <limits>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

constexpr int VisitConnection = 100;

QString shown(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString shown(const std::optional<QJsonValue> &value)
{
    return value ? QString::fromUtf8(encodeJson(*value)) : u"nothing"_s;
}

QStringList sorted(const QList<SessionEvent> &events)
{
    QStringList texts;
    for (const SessionEvent &event : events)
        texts.append(shown(event.toJson()));
    texts.sort();
    return texts;
}

TimePoint time(qint64 ms)
{
    return TimePoint(std::chrono::milliseconds(ms));
}

std::optional<Expiry> expiryOf(const Model::Record &record)
{
    switch (record.own) {
    case Model::Own::Idle:
        return Expiry::onInactivity(std::chrono::milliseconds(record.ownValue));
    case Model::Own::SessionEnd:
        return Expiry::onSessionEnd();
    case Model::Own::At:
        return Expiry::atDateTime(toDateTime(time(record.ownValue)));
    case Model::Own::None:
        break;
    }
    return {};
}

QJsonValue nested(int depth)
{
    QJsonValue value = 1;
    for (int i = 0; i < depth; ++i)
        value = QJsonArray{value};
    return value;
}

} // namespace

Setup Setup::random(quint64 seed)
{
    std::mt19937_64 random(seed);
    const auto oneIn = [&](quint64 n) { return random() % n == 0; };
    Setup setup;
    Model::Policy &policy = setup.policy;
    policy.idle = oneIn(2) ? 600'000 : 60'000;
    if (oneIn(2))
        policy.absolute = 1'000'000;
    if (oneIn(3))
        policy.touchInterval = oneIn(2) ? 1 : 20'000;
    if (oneIn(2))
        policy.renewInterval = 40'000;
    policy.grace = oneIn(3) ? 0 : 30'000;
    policy.sessionEnd = oneIn(4);
    if (oneIn(2))
        policy.cap = UserCap{2, oneIn(2) ? UserCap::Evict : UserCap::Refuse};
    // All times of one process differ from all times of another, so that there is always an order.
    static constexpr std::array<qint64, 4> skews{1, 2001, -4999, 45'001};
    if (oneIn(2))
        setup.skew[1] = skews[random() % skews.size()];
    return setup;
}

QString Setup::toString() const
{
    const auto ms = [](const std::optional<qint64> &value) { return value ? QString::number(*value) : u"none"_s; };
    return u"idle %1, absolute %2, touch interval %3, renewal %4, grace %5%6%7; the other process's clock differs by %8 ms"_s.arg(
        ms(policy.idle), ms(policy.absolute), ms(policy.touchInterval), ms(policy.renewInterval), ms(policy.grace),
        policy.sessionEnd ? u", cookies end with the browser"_s : QString(),
        !policy.cap                            ? QString()
        : policy.cap->policy == UserCap::Evict ? u", at most %1 sessions a user, the first goes"_s.arg(policy.cap->limit)
                                               : u", at most %1 sessions a user, more are refused"_s.arg(policy.cap->limit),
        QString::number(skew[1]));
}

Checker::Checker(const Backend &backend, const Setup &setup) : m_world(backend, setup.policy, setup.skew), m_model(setup.policy)
{ }

QString Checker::run(const Operation &operation)
{
    m_world.advance(4);
    carryOut(operation);
    if (!m_failure.isEmpty())
        return m_failure;
    const QList<SessionEvent> expected = m_model.takeEvents();
    const auto isOfASweep = [&](const SessionEvent &event) { // 4.21: whoever meets an expired record may sweep it
        const auto isSame = [&](const SessionEvent &other) { return other.type == event.type && other.key == event.key; };
        return event.type == SessionEvent::Expired && std::ranges::none_of(expected, isSame)
            && (m_swept.contains(event.key) || m_model.isOver(event.key, std::max(m_world.now(0), m_world.now(1))));
    };
    QList<SessionEvent> sweeps;
    for (const QList<SessionEvent> &all : m_world.takeEvents(expected.size(), isOfASweep)) {
        QList<SessionEvent> got;
        for (const SessionEvent &event : all)
            (isOfASweep(event) ? sweeps : got).append(event);
        compare(expected, got, u"events"_s);
    }
    for (const SessionEvent &event : sweeps) {
        if (!m_swept.contains(event.key))
            m_model.swept(event);
        m_swept.insert(event.key);
    }
    lookAround(++m_count % OperationGenerator::Processes);
    return m_failure;
}

void Checker::carryOut(const Operation &operation)
{
    switch (operation.kind) {
    case Operation::Visit:
        return visit(operation);
    case Operation::Begin:
        return begin(operation);
    case Operation::End:
        return end(operation);
    case Operation::Wait:
    case Operation::Jump:
        m_world.advance(operation.number / 4 * 4);
        return;
    case Operation::LoseCookie:
    case Operation::CopyCookie:
    case Operation::OldCookie:
    case Operation::StrangeCookie:
    case Operation::GarbledCookie:
        return changeCookie(operation);
    case Operation::ReadHistory:
        return readHistory(operation.process);
    default:
        return administrate(operation);
    }
}

// ---- Requests

Model::Request Checker::requestOf(const Operation &operation, QByteArrayList &sent) const
{
    Model::Request request;
    request.fromOtherSite = operation.fromOtherSite;
    if (!operation.fromOtherSite) // from which the browser withholds it
        sent = m_clients[static_cast<size_t>(operation.client)].cookies;
    for (const QByteArray &cookie : sent) {
        if (const auto id = SessionId::fromCookieValue(cookie)) {
            if (!request.offered.contains(id->key()))
                request.offered.append(id->key());
        } else {
            request.malformed = true;
        }
    }
    return request;
}

/// The header, with another cookie in which an attacker has hidden \a planted.
static QByteArray cookieHeader(const QByteArrayList &cookies, const QByteArray &planted)
{
    QByteArrayList pairs{"theme=\"dark, id=" + planted + ", x\""};
    for (const QByteArray &cookie : cookies)
        pairs.append("id=" + cookie);
    return pairs.join("; ");
}

QByteArray Checker::planted(int victim) const
{
    return m_clients[(static_cast<size_t>(victim) + 1) % m_clients.size()].cookies.value(0, "AAAAAAAAAAAAAAAAAAAAAA");
}

void Checker::visit(const Operation &operation)
{
    QByteArrayList sent;
    Model::Request request = requestOf(operation, sent);
    World::Run run;
    run.status = operation.status;
    run.handle = [&](Session &session) {
        m_model.load(request, m_world.now(operation.process));
        perform(session, request, operation.actions, operation.client, operation.process);
        for (const Operation &other : operation.meanwhile) {
            m_world.advance(4);
            administrate(other);
        }
        if (!operation.meanwhile.isEmpty())
            perform(session, request, {Action{.kind = Action::Get, .text = u"a"_s, .value = {}}}, operation.client,
                    operation.process);
    };
    const auto response = m_world.send(operation.process, VisitConnection, operation.overHooks,
                                       cookieHeader(sent, planted(operation.client)), operation.fromOtherSite, run);
    if (!run.reached)
        return fail(u"the handler was not reached: %1"_s.arg(response ? response->status : 0));
    compare(response.value_or(Response()), request, sent, operation.status, operation.client, operation.process);
}

void Checker::begin(const Operation &operation)
{
    auto &held = m_held[static_cast<size_t>(operation.slot)];
    if (held)
        return;
    held = std::make_unique<Held>();
    held->client = operation.client;
    held->process = operation.process;
    held->request = requestOf(operation, held->sent);
    held->run.holds = true;
    held->run.handle = [&, here = held.get()](Session &session) {
        m_model.load(here->request, m_world.now(operation.process));
        perform(session, here->request, operation.actions, operation.client, operation.process);
    };
    const auto response = m_world.send(operation.process, operation.slot, false,
                                       cookieHeader(held->sent, planted(operation.client)), false, held->run);
    if (response || !held->run.reached)
        fail(u"the handler was not reached: %1"_s.arg(response ? response->status : 0));
}

void Checker::end(const Operation &operation)
{
    const std::unique_ptr<Held> held = std::move(m_held[static_cast<size_t>(operation.slot)]);
    if (!held)
        return;
    perform(*held->run.session, held->request, operation.actions, held->client, held->process);
    held->run.responder->send(QHttpServerResponse(QHttpServerResponse::StatusCode(operation.status)));
    const auto response = m_world.receive(held->process, operation.slot);
    compare(response.value_or(Response()), held->request, held->sent, operation.status, held->client, held->process);
}

void Checker::perform(Session &session, Model::Request &request, const QList<Action> &actions, int client, int process)
{
    // Every handler looks at its session: that is activity.
    QList<Action> all{Action{.kind = Action::Get, .text = u"count"_s, .value = {}}};
    all.append(actions);
    for (Action action : all) {
        if (!m_model.allows(request, action))
            continue;
        QString &token = m_clients[static_cast<size_t>(client)].token;
        if (action.kind == Action::SendToken)
            action.text = token;
        const QString given = call(session, action, process);
        if (action.kind == Action::AskForToken)
            token = given;
        const QString expected = m_model.act(request, action, m_world.now(process), given);
        if (!expected.isNull() && expected != given)
            fail(u"%1 gave %2 instead of %3"_s.arg(action.toString(), given, expected));
    }
}

QString Checker::call(Session &session, const Action &action, int process)
{
    SessionStore &store = m_world.store(process);
    switch (action.kind) {
    case Action::Get:
        return shown(session.getValue(action.text));
    case Action::Insert:
        return shown(session.insertValue(action.text, action.value));
    case Action::InsertTooMuch:
        session.insert(action.text, QString(16'384, u'x'));
        return {};
    case Action::InsertWhatCannotBeKept:
        switch (action.number) {
        case 0:
            session.insert(action.text, std::numeric_limits<double>::quiet_NaN());
            break;
        case 1:
            session.insertValue(action.text, nested(201));
            break;
        case 2:
            session.insert(action.text, QString(QChar(0xD800)));
            break;
        case 3:
            session.addFlash(QString(QChar(0xDC00)));
            break;
        case 4:
            session.setUser(QString(1025, u'u'));
            break;
        default:
            session.insert(QString(QChar(0xDFFF)), 1);
        }
        return session.error() && *session.error() == Error::Invalid ? u"invalid"_s : u"taken"_s;
    case Action::Remove:
        return shown(session.removeValue(action.text));
    case Action::Increment:
        session.increment(action.text, action.number);
        return session.error() && *session.error() == Error::Invalid ? u"invalid"_s : QString();
    case Action::Clear:
        session.clear();
        return {};
    case Action::SetUser:
        session.setUser(action.text);
        return {};
    case Action::LogIn:
        session.logIn(action.text);
        return {};
    case Action::Destroy:
        session.destroy();
        return {};
    case Action::Rotate:
        session.rotate();
        return {};
    case Action::SetIdle:
        session.setExpiry(Expiry::onInactivity(std::chrono::milliseconds(action.number)));
        return {};
    case Action::SetDeadline:
        session.setExpiry(Expiry::atDateTime(toDateTime(time(m_world.now(process) + action.number))));
        return {};
    case Action::SetSessionEnd:
        session.setExpiry(Expiry::onSessionEnd());
        return {};
    case Action::SetDefaultExpiry:
        session.setExpiry({});
        return {};
    case Action::AddFlash:
        session.addFlash(action.value);
        return {};
    case Action::TakeFlash:
        return QString::fromUtf8(encodeJson(session.flash()));
    case Action::AskForToken:
        return session.csrfToken();
    case Action::SendToken:
        return session.verifyCsrfToken(action.text) ? u"true"_s : u"false"_s;
    case Action::BePassive:
        session.setPassive();
        return {};
    case Action::Save:
    case Action::CycleId: {
        const auto done = store.waitFor(action.kind == Action::Save ? session.save() : session.cycleId());
        return (done ? u"done "_s : u"failed "_s) + session.key().toString();
    }
    case Action::Flush:
        return store.waitFor(session.flush()) ? u"done"_s : u"failed"_s;
    case Action::KindCount:
        break;
    }
    return {};
}

void Checker::compare(const Response &response, Model::Request &request, const QByteArrayList &sent, int status, int clientNumber,
                      int process)
{
    using Cookie = Model::Answer;
    if (!m_failure.isEmpty())
        return;
    if (response.setCookies.size() > 1)
        return fail(u"more than one session cookie"_s);
    const QByteArray cookie = response.setCookies.value(0);
    const QByteArray value = cookie.mid(3).split(';').first();
    const auto kind = cookie.isEmpty()     ? Cookie::None
                    : value.isEmpty()      ? Cookie::Removal
                    : sent.contains(value) ? Cookie::Same
                                           : Cookie::New;
    const auto id = SessionId::fromCookieValue(value);
    if (kind != Cookie::None && kind != Cookie::Removal && !id)
        return fail(u"the cookie holds no id"_s);
    const auto newKey = kind == Cookie::New ? std::optional(id->key()) : std::nullopt;
    const qint64 now = m_world.now(process);
    Model::Answer expected = m_model.answer(request, status, now, newKey);
    if (request.besideReplaced && expected.cookie.first() != Cookie::New)
        expected.cookie.append(Cookie::None);

    static constexpr std::array names{"no cookie", "the same cookie", "a new cookie", "a removal cookie"};
    if (!expected.status.contains(response.status))
        return fail(u"status %1 instead of %2"_s.arg(response.status).arg(expected.status.first()));
    if (!expected.cookie.contains(kind))
        return fail(u"%1 instead of %2"_s.arg(QLatin1StringView(names[kind]), QLatin1StringView(names[expected.cookie.first()])));
    if (id && request.seen && id->key() != request.seen->key)
        return fail(u"the cookie is not that of the session"_s);
    if (kind != Cookie::None && !response.forbidsStoring)
        return fail(u"a response with a cookie may be stored"_s);
    if (!response.variesByCookie)
        return fail(u"no Vary: Cookie"_s);
    if (id) {
        const qsizetype at = cookie.indexOf("Max-Age=");
        const auto maxAge = at < 0 ? std::nullopt : std::optional(cookie.mid(at + 8).split(';').first().toLongLong());
        if (maxAge != expected.maxAge)
            return fail(u"Max-Age is %1 instead of %2"_s.arg(maxAge.value_or(-1)).arg(expected.maxAge.value_or(-1)));
    }

    Client &client = m_clients[static_cast<size_t>(clientNumber)];
    if (id) {
        if (!client.cookies.isEmpty() && !client.cookies.contains(value))
            client.olderCookies.prepend(client.cookies.first());
        if (client.cookies.isEmpty())
            client.cookies.append(value);
        else if (!client.cookies.contains(value))
            client.cookies.first() = value;
    } else if (kind == Cookie::Removal) {
        for (const QByteArray &old : std::as_const(client.cookies))
            client.olderCookies.prepend(old);
        client.cookies.clear();
    }
    client.olderCookies = client.olderCookies.first(std::min<qsizetype>(client.olderCookies.size(), 6));
}

void Checker::changeCookie(const Operation &operation)
{
    Client &client = m_clients[static_cast<size_t>(operation.client)];
    const Client &other = m_clients[static_cast<size_t>(operation.target) % m_clients.size()];
    const auto invented = [&] {
        return QCryptographicHash::hash(QByteArray::number(operation.number), QCryptographicHash::Md5)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    switch (operation.kind) {
    case Operation::LoseCookie:
        if (!client.cookies.isEmpty())
            client.olderCookies.prepend(client.cookies.takeLast());
        break;
    case Operation::CopyCookie:
        if (!other.cookies.isEmpty() && client.cookies.size() < 3 && !client.cookies.contains(other.cookies.first()))
            client.cookies.append(other.cookies.first());
        break;
    case Operation::OldCookie:
        if (!client.olderCookies.isEmpty()) {
            const QByteArray old = client.olderCookies[operation.target % client.olderCookies.size()];
            if (operation.number % 3 == 0 && client.cookies.size() < 3 && !client.cookies.contains(old))
                client.cookies.append(old);
            else
                client.cookies = {old};
        }
        break;
    case Operation::StrangeCookie:
        client.cookies = {invented()};
        break;
    case Operation::GarbledCookie: {
        QByteArray garbled = client.cookies.value(0, invented());
        switch (operation.number % 4) {
        case 0:
            garbled.chop(1);
            break;
        case 1:
            garbled += 'A';
            break;
        case 2:
            garbled.back() = 'B'; // spare bits
            break;
        default:
            garbled = QByteArray(5000, 'A');
        }
        client.cookies = {garbled};
        break;
    }
    default:
        break;
    }
}

// ---- Administrators

static QString told(const Result<qint64> &count)
{
    return count ? QString::number(*count) : count.error().text;
}

template<class T>
void Checker::compareResult(const Result<T> &result, const std::optional<Error::Code> &expected, const QString &what)
{
    if (result.has_value() != !expected || (!result && result.error().code != *expected)) {
        fail(u"%1: %2 instead of %3"_s.arg(
            what, result ? u"done"_s : u"error %1 (%2)"_s.arg(result.error().code).arg(result.error().text),
            expected ? u"error %1"_s.arg(*expected) : u"done"_s));
    }
}

void Checker::administrate(const Operation &operation)
{
    SessionStore &store = m_world.store(operation.process);
    const qint64 now = m_world.now(operation.process);
    if (operation.kind == Operation::Sweep) {
        const auto swept = store.waitFor(store.removeExpired(int(operation.number)));
        const qint64 expected = m_model.sweep(operation.number, now);
        if (!swept || *swept != expected)
            fail(u"%1 expired sessions were removed instead of %2"_s.arg(told(swept)).arg(expected));
        return;
    }
    if (operation.kind == Operation::RevokeUser) {
        const auto revoked = store.waitFor(store.removeUser(operation.text, {}, SessionStore::Removal::User));
        const qint64 expected = m_model.removeUser(operation.text, now);
        if (!revoked || *revoked != expected)
            fail(u"%1 sessions were revoked instead of %2"_s.arg(told(revoked)).arg(expected));
        return;
    }

    // Expired ones too: nothing may revive them.
    const QList<Model::Record> records = m_model.living(std::numeric_limits<qint64>::min());
    if (records.isEmpty())
        return;
    const Model::Record target = records[operation.target % records.size()];
    SessionChange change;
    change.defaultIdle = std::chrono::milliseconds(m_model.policy().idle);
    switch (operation.kind) {
    case Operation::Remove: {
        const auto why = operation.number % 2 ? SessionStore::Removal::Admin : SessionStore::Removal::Destroyed;
        const auto removed = store.waitFor(store.remove(target.key, why));
        return compareResult(removed, m_model.remove(target.key, now, why), u"removal"_s);
    }
    case Operation::Edit:
    case Operation::EditStale: {
        change.set("edited", QByteArray::number(operation.number));
        change.expectedVersion = target.version + (operation.kind == Operation::Edit ? 0 : 1);
        const auto edited = store.waitFor(store.update(target.key, change));
        return compareResult(edited, m_model.edit(target.key, u"edited"_s, operation.number, change.expectedVersion, now),
                             u"edit"_s);
    }
    case Operation::Expire: {
        const qint64 at = now + operation.number;
        change.expiry = Expiry::atDateTime(toDateTime(time(at)));
        const auto expired = store.waitFor(store.update(target.key, change));
        return compareResult(expired, m_model.expire(target.key, at, now), u"deadline"_s);
    }
    case Operation::AskForRotation: {
        change.rotateRequested = true;
        const auto asked = store.waitFor(store.update(target.key, change));
        return compareResult(asked, m_model.askForRotation(target.key, now), u"asking for a rotation"_s);
    }
    default:
        break;
    }
}

// ---- What the store shows

void Checker::compare(const QList<SessionEvent> &expected, const QList<SessionEvent> &got, const QString &where)
{
    const QStringList wanted = sorted(expected), given = sorted(got);
    if (wanted != given)
        fail(u"%1 are\n    %2\ninstead of\n    %3"_s.arg(where, given.join(u"\n    "_s), wanted.join(u"\n    "_s)));
}

void Checker::readHistory(int process)
{
    SessionStore &store = m_world.store(process);
    HistoryQuery query;
    query.limit = 10'000;
    const auto history = store.waitFor(store.history(query));
    if (!history)
        return fail(history.error().text);
    compare(m_model.history(), *history, u"events of the history"_s);
}

void Checker::lookAround(int process)
{
    SessionStore &store = m_world.store(process);
    const qint64 now = m_world.now(process);
    SessionQuery query;
    query.limit = 1000;
    query.withData = true;
    QList<SessionRecord> records;
    do {
        const auto page = store.waitFor(store.list(query));
        if (!page)
            return fail(page.error().text);
        records.append(page->records);
        query.cursor = page->nextCursor;
    } while (!query.cursor.isEmpty());
    const auto count = store.waitFor(store.count());
    if (!count || *count != records.size())
        return fail(u"%1 are counted and %2 are listed"_s.arg(told(count)).arg(records.size()));
    if (!std::ranges::is_sorted(records, {}, &SessionRecord::expiresAt))
        return fail(u"the list is out of order"_s);

    const QList<Model::Record> expected = m_model.living(now);
    for (const Model::Record &record : expected) {
        const auto found = std::ranges::find(records, record.key, &SessionRecord::key);
        if (found == records.end())
            return fail(u"session %1 is missing"_s.arg(record.key.toString()));
        compare(record, *found);
    }
    if (records.size() != expected.size())
        fail(u"there are %1 sessions instead of %2"_s.arg(records.size()).arg(expected.size()));
}

void Checker::compare(const Model::Record &expected, const SessionRecord &got)
{
    const auto check = [&](bool holds, const char *field, const QString &given, const QString &wanted) {
        if (!holds)
            fail(u"%1 of session %2 is %3 instead of %4"_s.arg(QLatin1StringView(field), expected.key.toString(), given, wanted));
    };
    const auto number = [&](const char *field, qint64 given, qint64 wanted) {
        check(given == wanted, field, QString::number(given), QString::number(wanted));
    };
    const auto ms = [](TimePoint at) { return qint64(at.time_since_epoch().count()); };
    check(got.user == expected.user && got.user.isNull() == expected.user.isEmpty(), "user", got.user, expected.user);
    number("createdAt", ms(got.createdAt), expected.createdAt);
    number("lastSeenAt", ms(got.lastSeenAt), expected.seenAt);
    number("expiresAt", ms(got.expiresAt), expected.expiresAt);
    number("absoluteExpiresAt", got.absoluteExpiresAt ? ms(*got.absoluteExpiresAt) : 0, expected.absolute.value_or(0));
    number("version", qint64(got.version), expected.version);
    number("rotateRequested", got.rotateRequested, expected.rotateRequested);
    check(got.expiry == expiryOf(expected), "expiry", got.expiry ? shown(got.expiry->toJson()) : u"none"_s,
          expiryOf(expected) ? shown(expiryOf(expected)->toJson()) : u"none"_s);
    number("number of attributes", got.data.count(), qint64(expected.data.size()));
    for (const auto &[name, value] : expected.data)
        check(shown(got.data.value(name)) == shown(value), "an attribute", shown(got.data.value(name)), shown(value));
    const QJsonArray flash = got.flash.isEmpty() ? QJsonArray() : decodeJson(got.flash).value_or(QJsonArray()).toArray();
    QJsonArray wanted;
    for (const QJsonValue &value : expected.flash)
        wanted.append(value);
    check(encodeJson(flash) == encodeJson(wanted), "flash", shown(QJsonValue(flash)), shown(QJsonValue(wanted)));
}
