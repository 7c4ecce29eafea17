// SPDX-License-Identifier: MIT
// Hooks and routes keep the same promises: visitors do the same things at the same times over both, and get the same answers.
#include "site.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QRandomGenerator>
#include <QtCore/QRegularExpression>

#include <map>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Page = std::pair<QByteArray, Site::Handler>;

QHttpServerResponse answer(const QByteArray &text)
{
    return QHttpServerResponse("text/plain", text);
}

/// Everything that a handler can see of its session, times as distances from now.
QByteArray seen(const Session &session, TimePoint now)
{
    const SessionInfo info = session.info();
    if (!session.isActive())
        return "none";
    QByteArray text = QJsonDocument(session.data()).toJson(QJsonDocument::Compact);
    text += " user=" + info.user.toUtf8() + " version=" + QByteArray::number(info.version);
    for (const TimePoint time : {info.createdAt, info.lastSeenAt, info.expiresAt, info.absoluteExpiresAt.value_or(now)})
        text += ' ' + QByteArray::number(qint64((time - now).count()));
    return text;
}

std::vector<Page> pages(Site &site)
{
    const auto doing = [](std::function<void(Session &)> work) {
        return [work](Session &session, const QHttpServerRequest &) {
            work(session);
            return answer("ok");
        };
    };
    const auto waiting = [&site](auto call) {
        return [&site, call](Session &session, const QHttpServerRequest &) {
            const auto done = site.store->waitFor(call(session));
            return answer(done ? "done" : "failed");
        };
    };
    return {
        {"/see", [&site](Session &session, const QHttpServerRequest &) { return answer(seen(session, site.now)); }},
        {"/get", [](Session &session,
                    const QHttpServerRequest &) { return answer(QByteArray::number(session.get<int>("a").value_or(-1))); }},
        {"/peek",
         [](Session &session, const QHttpServerRequest &) {
             session.setPassive();
             return answer(QByteArray::number(session.get<int>("a").value_or(-1)));
         }},
        {"/set", doing([](Session &session) { session.insert("a", session.get<int>("a").value_or(0) + 1); })},
        {"/same", doing([](Session &session) { session.insert("b", true); })},
        {"/remove", doing([](Session &session) { session.removeValue("a"); })},
        {"/increment", doing([](Session &session) { session.increment("n"); })},
        {"/clear", doing([](Session &session) { session.clear(); })},
        {"/text", doing([](Session &session) { session.insert("n", u"text"_s); })},
        {"/rotate", doing([](Session &session) { session.rotate(); })},
        {"/destroy", doing([](Session &session) { session.destroy(); })},
        {"/ann", doing([](Session &session) { session.logIn(u"ann"_s); })},
        {"/bob", doing([](Session &session) { session.logIn(u"bob"_s); })},
        {"/unbind", doing([](Session &session) { session.setUser({}); })},
        {"/brief", doing([](Session &session) { session.setExpiry(Expiry::onInactivity(20s)); })},
        {"/fixed", doing([&site](Session &session) { session.setExpiry(Expiry::atDateTime(toDateTime(site.now + 50s))); })},
        {"/end", doing([](Session &session) { session.setExpiry(Expiry::onSessionEnd()); })},
        {"/default", doing([](Session &session) { session.setExpiry({}); })},
        {"/tell", doing([](Session &session) { session.addFlash(u"told"_s); })},
        {"/told",
         [](Session &session, const QHttpServerRequest &) { return answer(QByteArray::number(session.flash().size())); }},
        {"/token", doing([](Session &session) { std::ignore = session.csrfToken(); })},
        {"/large", doing([](Session &session) { session.insert("large", QString(5000, u'x')); })},
        {"/fail",
         [](Session &session, const QHttpServerRequest &) {
             session.insert("a", 1000);
             session.rotate();
             return QHttpServerResponse(QHttpServerResponse::StatusCode::InternalServerError);
         }},
        {"/save", waiting([](Session &session) {
             session.increment("n");
             return session.save();
         })},
        {"/flush", waiting([](Session &session) { return session.flush(); })},
        {"/cycle", waiting([](Session &session) { return session.cycleId(); })},
        {"/cycle-fail",
         [&site](Session &session, const QHttpServerRequest &) {
             std::ignore = site.store->waitFor(session.cycleId());
             return QHttpServerResponse(QHttpServerResponse::StatusCode::InternalServerError);
         }},
        {"/revoke", waiting([](Session &session) { return session.revokeUserSessions(false); })},
        {"/revoke-others", waiting([](Session &session) { return session.revokeUserSessions(true); })},
    };
}

} // namespace

class TestFrontEnds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answerAlike_data();
    void answerAlike();
};

void TestFrontEnds::answerAlike_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("cap");
    QTest::addColumn<bool>("refuses");
    QTest::newRow("no cap") << 1u << 0 << false;
    QTest::newRow("a cap that ends others") << 2u << 2 << false;
    QTest::newRow("a cap that refuses") << 3u << 1 << true;
}

void TestFrontEnds::answerAlike()
{
    QFETCH(quint32, seed);
    QFETCH(int, cap);
    QFETCH(bool, refuses);
    // Every change here is made in time, and what is refused is told by the answer.
    QTest::failOnWarning(QRegularExpression(u"changed after its response"_s));
    SessionOptions options;
    options.policy.idle = 60s;
    options.policy.absolute = 400s;
    options.policy.renewInterval = 90s;
    options.policy.grace = 10s;
    options.sizeLimit = 4000;
    if (cap > 0)
        options.policy.cap = UserCap{cap, refuses ? UserCap::Refuse : UserCap::Evict};

    struct Side
    {
        explicit Side(FrontEnd frontEnd, const SessionOptions &options) : site(frontEnd, options) { }
        Site site;
        std::unique_ptr<HttpClient> client;
        std::map<int, QByteArray> ids; // by the number of the cookie
    };
    std::array<std::unique_ptr<Side>, 2> sides = {std::make_unique<Side>(FrontEnd::Hooks, options),
                                                  std::make_unique<Side>(FrontEnd::Routes, options)};
    QByteArrayList paths;
    for (const auto &side : sides) {
        side->site.now = sides[0]->site.now;
        paths.clear();
        for (const auto &[path, handler] : pages(side->site)) {
            side->site.route(QString::fromLatin1(path), handler);
            paths += path;
        }
        side->client = std::make_unique<HttpClient>(side->site.port());
    }

    QRandomGenerator random(seed);
    constexpr int visitors = 3;
    std::array<QList<int>, visitors> cookies; // the numbers of those that a visitor got
    int issued = 0;
    static const QRegularExpression ownId(u"^id=[^;]+"_s);
    for (int step = 0; step < 1500; ++step) {
        constexpr std::array<std::chrono::seconds, 8> pauses = {0s, 0s, 0s, 1s, 1s, 3s, 7s, 25s};
        const auto pause = random.bounded(60) == 0 ? 61s : pauses[random.bounded(quint32(pauses.size()))];
        const QByteArray path = paths[random.bounded(3) == 0 ? random.bounded(4) : random.bounded(paths.size())];
        auto &own = cookies[random.bounded(quint32(visitors))];
        const auto any = [&] {
            const QList<int> &of = cookies[random.bounded(quint32(visitors))];
            return of.isEmpty() ? 0 : of[random.bounded(of.size())];
        };
        QList<int> sent;
        bool isStranger = false;
        switch (random.bounded(12)) {
        case 0:
            break;
        case 1:
            sent = {any()};
            break;
        case 2:
            sent = {any(), any()};
            break;
        case 3:
            isStranger = true;
            break;
        default:
            sent = {own.isEmpty() ? 0 : own.last()};
        }
        QByteArrayList headers;
        if (random.bounded(12) == 0)
            headers = {"Sec-Fetch-Site: cross-site", random.bounded(2) ? "Sec-Fetch-Mode: navigate" : "Sec-Fetch-Mode: no-cors"};

        std::array<QByteArrayList, 2> got;
        std::array<QByteArray, 2> fresh;
        for (size_t i = 0; i < sides.size(); ++i) {
            Side &side = *sides[i];
            side.site.now += pause;
            QByteArrayList pairs;
            for (const int number : std::as_const(sent)) {
                if (side.ids.contains(number))
                    pairs += "id=" + side.ids[number];
            }
            if (isStranger)
                pairs += "id=" + QByteArray(21, 'x') + 'A';
            const HttpResponse response = side.client->get(path, pairs.isEmpty() ? QByteArray() : pairs.join("; "), headers);
            for (const QByteArray &cookie : response.setCookies()) {
                const QByteArray value = response.cookie();
                const auto known = std::ranges::find(side.ids, value, [](const auto &entry) { return entry.second; });
                if (!value.isEmpty() && known == side.ids.end())
                    fresh[i] = value;
                got[i] += (known == side.ids.end() ? "new " : QByteArray::number(known->first) + ' ')
                        + QString::fromLatin1(cookie).replace(ownId, u"id"_s).toLatin1();
            }
            got[i] += QByteArray::number(response.status) + ' ' + response.body;
            got[i] += response.value("cache-control") + '|' + response.value("vary");
        }
        QVERIFY2(got[0] == got[1], qPrintable(u"step %1, %2 after %3 s\nhooks:  %4\nroutes: %5"_s.arg(step)
                                                  .arg(QString::fromLatin1(path))
                                                  .arg(pause.count())
                                                  .arg(QString::fromUtf8(got[0].join("\n        ")),
                                                       QString::fromUtf8(got[1].join("\n        ")))));
        if (!fresh[0].isEmpty()) {
            own.append(++issued);
            for (size_t i = 0; i < sides.size(); ++i)
                sides[i]->ids[issued] = fresh[i];
        }
    }
    QCOMPARE(sides[0]->site.sessionCount(), sides[1]->site.sessionCount());
    QCOMPARE(sides[0]->site.sessions->metrics().toJson(), sides[1]->site.sessions->metrics().toJson());
    QVERIFY(issued > 100);
}

QTEST_GUILESS_MAIN(TestFrontEnds)
#include "tst_frontends.moc"
