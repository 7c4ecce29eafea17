// SPDX-License-Identifier: MIT

// Every call of the demo's API, through both front ends, over each kind of store: the real program and real cookies.

#include "demoprocess.h"
#include "visitor.h"

#include "../shared/redisserver.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

#include <map>
#include <memory>
#include <set>

using namespace Qt::StringLiterals;

namespace {

bool isSet(const Answer &answer)
{
    return answer.cookies.size() == 1 && answer.cookies.constFirst().startsWith("id=")
        && !answer.cookies.constFirst().startsWith("id=;");
}

bool isRemoval(const Answer &answer)
{
    return answer.cookies.size() == 1 && answer.cookies.constFirst().startsWith("id=;")
        && answer.cookies.constFirst().contains("Max-Age=0");
}

/// The rows of Redis share one server, so names must not come twice.
QString newUser()
{
    static int count = 0;
    return u"user%1"_s.arg(++count);
}

const QJsonObject Ok = {{u"ok"_s, true}};

} // namespace

class tst_Demo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void initTestCase_data();
    void init();
    void cleanupTestCase() { m_servers.clear(); }

    void serves_page_and_bare_without_a_session();
    void read_and_visit_count();
    void session_is_all_null_until_something_needs_one();
    void attributes_take_any_json_value_and_any_name();
    void parameters_that_make_no_sense_get_400();
    void overlapping_increments_all_count();
    void increment_of_text_gets_409();
    void clear_keeps_the_session();
    void destroy_and_flush_end_it();
    void rotate_and_cycle_give_a_fresh_id();
    void login_binds_the_user_and_rotates();
    void user_names_come_back_to_the_last_code_point();
    void users_see_and_end_their_own_sessions();
    void calls_for_users_get_401_without_one();
    void expiry_is_set_four_ways();
    void slow_calls_overlap_others();
    void slow_write_does_not_undo_a_logout();
    void failing_calls_leave_no_trace();
    void flash_is_read_once();
    void protected_call_wants_the_token_of_the_session();
    void other_cookies_survive();
    void metrics_count_what_happened();
    void record_over_the_size_limit_gets_413();
    void user_over_the_cap_gets_403();

private:
    QString storeUrl(const QString &kind);
    DemoProcess *server(const QString &extra = {});

    QTemporaryDir m_folder;
    std::unique_ptr<RedisServer> m_redis;
    std::map<QString, std::unique_ptr<DemoProcess>> m_servers;
    std::unique_ptr<Visitor> m_visitor;
    bool m_routes = false;
};

void tst_Demo::initTestCase()
{
    if (RedisServer::program().isEmpty())
        return;
    m_redis = std::make_unique<RedisServer>();
    QVERIFY(m_redis->start());
}

void tst_Demo::initTestCase_data()
{
    QTest::addColumn<QString>("frontEnd");
    QTest::addColumn<QString>("store");
    for (const QString &store : {u"memory"_s, u"sqlite"_s, u"redis"_s}) {
        for (const QString &frontEnd : {u"hooks"_s, u"routes"_s, u"hooks --threads 3"_s, u"routes --threads 3"_s})
            QTest::addRow("%s over %s", qPrintable(frontEnd), qPrintable(store)) << frontEnd << store;
    }
}

QString tst_Demo::storeUrl(const QString &kind)
{
    if (kind == "memory"_L1)
        return u"memory:"_s;
    if (kind == "redis"_L1)
        return u"redis+unix:"_s + m_redis->socketPath();
    return u"sqlite:"_s + m_folder.filePath(u"%1.sqlite"_s.arg(m_servers.size()));
}

/// The server of this row, with \a extra options; started once.
DemoProcess *tst_Demo::server(const QString &extra)
{
    QFETCH_GLOBAL(QString, frontEnd);
    QFETCH_GLOBAL(QString, store);
    auto &server = m_servers[frontEnd + store + extra];
    if (!server) {
        server = std::make_unique<DemoProcess>(QStringList{u"--insecure-cookie"_s, u"--store"_s, storeUrl(store),
                                                           u"--front-end"_s}
                                               + (frontEnd + u' ' + extra).split(u' ', Qt::SkipEmptyParts));
    }
    return server.get();
}

void tst_Demo::init()
{
    QFETCH_GLOBAL(QString, frontEnd);
    QFETCH_GLOBAL(QString, store);
    m_routes = frontEnd.startsWith("routes"_L1);
    if (store == "redis"_L1 && !m_redis)
        QSKIP("redis-server is not installed: apt install redis-server");
    QVERIFY(!server()->url().isEmpty());
    m_visitor = std::make_unique<Visitor>(server()->url());
}

void tst_Demo::serves_page_and_bare_without_a_session()
{
    const Answer bare = m_visitor->get(u"/bare"_s);
    QCOMPARE(bare.body, "hello");
    for (const QString &path : {u"/"_s, u"/demo.js"_s, u"/demo.css"_s, u"/icon.svg"_s}) {
        const Answer file = m_visitor->get(path);
        QCOMPARE(file.status, 200);
        QVERIFY(file.body.contains("SPDX") || file.body.contains("<svg"));
        QVERIFY(file.cookies.isEmpty());
    }
    QCOMPARE(m_visitor->get(u"/no-such-page"_s).status, 404);
    QVERIFY(m_visitor->cookie().isEmpty());
}

void tst_Demo::read_and_visit_count()
{
    const Answer unread = m_visitor->get(u"/read"_s);
    QCOMPARE(unread.body, "0");
    QVERIFY(unread.cookies.isEmpty());

    const Answer first = m_visitor->get(u"/visit"_s);
    QCOMPARE(first.body, "1");
    QVERIFY(isSet(first));
    QCOMPARE(first.cacheControl, "no-store");
    QCOMPARE(m_visitor->get(u"/visit"_s).body, "2");
    QCOMPARE(m_visitor->get(u"/read"_s).body, "2");
    QCOMPARE(Visitor(server()->url()).get(u"/read"_s).body, "0");

    const QString set = u"/api/set?name=visits"_s;
    for (const QByteArray &json : {"[1,2]"_ba, "{\"a\":1}"_ba, "null"_ba, "true"_ba, "1.5"_ba}) {
        m_visitor->post(set, json);
        QCOMPARE(m_visitor->get(u"/read"_s).body, json);
    }
    m_visitor->post(set, "9223372036854775807");
    QCOMPARE(m_visitor->get(u"/visit"_s).body, "-9223372036854775808");
}

void tst_Demo::session_is_all_null_until_something_needs_one()
{
    const QStringList fields = {u"absoluteExpiresAt"_s, u"active"_s, u"createdAt"_s, u"data"_s, u"expiresAt"_s, u"key"_s,
                                u"lastSeenAt"_s,        u"user"_s,   u"version"_s};
    const Answer none = m_visitor->get(u"/api/session"_s);
    QCOMPARE(none.json.keys(), fields);
    for (const QString &field : fields)
        QCOMPARE(none.json.value(field), field == "active"_L1 ? QJsonValue(false) : QJsonValue());
    QVERIFY(none.cookies.isEmpty());

    m_visitor->post(u"/api/set?name=tea"_s, "2");
    const QJsonObject one = m_visitor->get(u"/api/session"_s).json;
    QCOMPARE(one.keys(), fields);
    QCOMPARE(one.value(u"active"_s), QJsonValue(true));
    QCOMPARE(one.value(u"key"_s).toString().size(), 43);
    QCOMPARE(one.value(u"user"_s), QJsonValue());
    QCOMPARE(one.value(u"data"_s), QJsonValue(QJsonObject{{u"tea"_s, 2}}));
    QCOMPARE(one.value(u"version"_s).toInt(), 1);
    QCOMPARE(one.value(u"absoluteExpiresAt"_s), QJsonValue());
    const auto created = QDateTime::fromString(one.value(u"createdAt"_s).toString(), Qt::ISODateWithMs);
    const auto expires = QDateTime::fromString(one.value(u"expiresAt"_s).toString(), Qt::ISODateWithMs);
    QVERIFY(qAbs(created.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    QVERIFY(qAbs(created.secsTo(expires) - 14 * 86400) < 60);
}

void tst_Demo::attributes_take_any_json_value_and_any_name()
{
    for (const QByteArray name : {"tea", "a%20b", "a+b", "%2B", "user", "__proto__", "%C3%A4%E2%82%AC", "d:tea", "%00"}) {
        const QString query = u"?name="_s + QString::fromLatin1(name);
        QCOMPARE(m_visitor->get(u"/api/get"_s + query).json, (QJsonObject{{u"found"_s, false}, {u"value"_s, QJsonValue()}}));
        QJsonValue previous;
        for (const QByteArray body :
             {"1", "\"text\"", "null", "true", "-1.5e3", "[1,[2]]", "{\"a\":{\"b\":null}}", "9007199254740993"}) {
            QCOMPARE(m_visitor->post(u"/api/set"_s + query, body).json.value(u"previous"_s), previous);
            const QJsonObject answer = m_visitor->get(u"/api/get"_s + query).json;
            QCOMPARE(answer.value(u"found"_s), QJsonValue(true));
            previous = answer.value(u"value"_s);
        }
        QCOMPARE(previous.toInteger(), 9007199254740993);
        QCOMPARE(m_visitor->post(u"/api/remove"_s + query).json, (QJsonObject{{u"removed"_s, previous}}));
        QCOMPARE(m_visitor->post(u"/api/remove"_s + query).json, (QJsonObject{{u"removed"_s, QJsonValue()}}));
    }
    m_visitor->post(u"/api/set?name=a+b"_s, "1");
    QCOMPARE(m_visitor->get(u"/api/get?name=a%20b"_s).json.value(u"found"_s), QJsonValue(true));
}

void tst_Demo::parameters_that_make_no_sense_get_400()
{
    struct Call
    {
        QString path;
        QByteArray body;
    };
    for (const Call &call : {Call{u"set"_s, "1"},
                             Call{u"set?name=a"_s, ""},
                             Call{u"set?name=a"_s, "{"},
                             Call{u"set?name=a"_s, "1 2"},
                             Call{u"set?name=a"_s, "nope"},
                             Call{u"set?name=a"_s, "18446744073709551615"},
                             Call{u"set?name=a"_s, "1e400"},
                             Call{u"set?name=a"_s, "{\"a\":1,\"a\":2}"},
                             Call{u"set?name=a"_s, "\"\\ud800\""},
                             Call{u"set?name=a"_s, "\"\xff\""},
                             Call{u"set?name=a"_s, QByteArray(201, '[') + QByteArray(201, ']')},
                             Call{u"set?name=%FF"_s, "1"},
                             Call{u"set?name=%ED%A0%80"_s, "1"},
                             Call{u"remove?name=%FF"_s, ""},
                             Call{u"increment?name=%FF"_s, ""},
                             Call{u"login?user=%FF"_s, ""},
                             Call{u"login?user=%ED%A0%80"_s, ""},
                             Call{u"login?user="_s + QString(1025, u'x'), ""},
                             Call{u"flash"_s, "\"\\udc00\""},
                             Call{u"remove"_s, ""},
                             Call{u"increment"_s, ""},
                             Call{u"increment?name=a&by=x"_s, ""},
                             Call{u"increment?name=a&by=1.5"_s, ""},
                             Call{u"login"_s, ""},
                             Call{u"login?user="_s, ""},
                             Call{u"expiry"_s, ""},
                             Call{u"expiry?idle=0"_s, ""},
                             Call{u"expiry?idle=-1"_s, ""},
                             Call{u"expiry?idle=x"_s, ""},
                             Call{u"expiry?idle=nan"_s, ""},
                             Call{u"expiry?at=tomorrow"_s, ""},
                             Call{u"expiry?session-end=2"_s, ""},
                             Call{u"expiry?idle=1&default=1"_s, ""},
                             Call{u"fail"_s, "1"},
                             Call{u"fail?name=a"_s, "x"},
                             Call{u"flash"_s, "1"},
                             Call{u"flash"_s, "text"},
                             Call{u"other-cookie?name=a"_s, ""},
                             Call{u"logout-everywhere?keep-current=yes"_s, ""}}) {
        const Answer answer = m_visitor->post(u"/api/"_s + call.path, call.body);
        QVERIFY2(answer == 400, qPrintable(call.path));
        QVERIFY(answer.json.value(u"error"_s).toString().endsWith(u'.'));
        QVERIFY(answer.cookies.isEmpty());
    }
    QCOMPARE(m_visitor->get(u"/api/get"_s).status, 400);
    if (m_routes) {
        for (const QString &path :
             {u"/api/slow?name=a"_s, u"/api/slow?name=a&ms=-1"_s, u"/api/slow?name=a&ms=x"_s, u"/api/slow?ms=1"_s})
            QCOMPARE(m_visitor->post(path, "1").status, 400);
    }
    QCOMPARE(m_visitor->session(u"active"_s), QJsonValue(false));
}

void tst_Demo::overlapping_increments_all_count()
{
    QCOMPARE(m_visitor->post(u"/api/increment?name=n"_s).json, Ok);
    QList<QNetworkReply *> replies;
    for (int i = 0; i < 30; ++i)
        replies << m_visitor->start("POST", u"/api/increment?name=n&by=2"_s);
    for (QNetworkReply *reply : replies)
        QCOMPARE(Visitor::finish(reply).json, Ok);
    QCOMPARE(m_visitor->get(u"/api/get?name=n"_s).json.value(u"value"_s).toInt(), 61);
    m_visitor->post(u"/api/increment?name=n&by=-61"_s);
    QCOMPARE(m_visitor->get(u"/api/get?name=n"_s).json.value(u"value"_s), QJsonValue(0));
}

void tst_Demo::increment_of_text_gets_409()
{
    m_visitor->post(u"/api/set?name=n"_s, "\"text\"");
    const Answer answer = m_visitor->post(u"/api/increment?name=n"_s);
    QCOMPARE(answer.status, 409);
    QCOMPARE(m_visitor->get(u"/api/get?name=n"_s).json.value(u"value"_s), QJsonValue(u"text"_s));
}

void tst_Demo::clear_keeps_the_session()
{
    QCOMPARE(m_visitor->post(u"/api/clear"_s).json, Ok);
    QCOMPARE(m_visitor->session(u"active"_s), QJsonValue(false));

    m_visitor->post(u"/api/login?user=clearing"_s);
    m_visitor->post(u"/api/set?name=a"_s, "1");
    const QJsonValue key = m_visitor->session(u"key"_s);
    QCOMPARE(m_visitor->post(u"/api/clear"_s).json, Ok);
    const QJsonObject session = m_visitor->get(u"/api/session"_s).json;
    QCOMPARE(session.value(u"key"_s), key);
    QCOMPARE(session.value(u"user"_s), QJsonValue(u"clearing"_s));
    QCOMPARE(session.value(u"data"_s), QJsonValue(QJsonObject()));
}

void tst_Demo::destroy_and_flush_end_it()
{
    for (const QString &path : {u"/api/destroy"_s, u"/api/flush"_s}) {
        const Answer nothing = m_visitor->post(path);
        QCOMPARE(nothing.json, Ok);
        QVERIFY(nothing.cookies.isEmpty());

        m_visitor->get(u"/visit"_s);
        const QByteArray id = m_visitor->cookie();
        QVERIFY(!id.isEmpty());
        const Answer ended = m_visitor->post(path);
        QCOMPARE(ended.json, Ok);
        QVERIFY(isRemoval(ended));
        QVERIFY(m_visitor->cookie().isEmpty());

        Visitor thief(server()->url());
        thief.setCookie(id);
        QCOMPARE(thief.session(u"active"_s), QJsonValue(false));
    }
}

void tst_Demo::rotate_and_cycle_give_a_fresh_id()
{
    m_visitor->get(u"/visit"_s);
    for (const QString &path : {u"/api/rotate"_s, u"/api/cycle"_s}) {
        const QByteArray id = m_visitor->cookie();
        const QJsonValue key = m_visitor->session(u"key"_s);
        const Answer answer = m_visitor->post(path);
        QCOMPARE(answer.json, Ok);
        QVERIFY(isSet(answer));
        QVERIFY(m_visitor->cookie() != id);
        QVERIFY(m_visitor->session(u"key"_s) != key);
        QCOMPARE(m_visitor->get(u"/read"_s).body, "1");

        Visitor thief(server()->url());
        thief.setCookie(id);
        QCOMPARE(thief.session(u"active"_s), QJsonValue(false));
    }
}

void tst_Demo::login_binds_the_user_and_rotates()
{
    m_visitor->get(u"/visit"_s);
    const QByteArray id = m_visitor->cookie();
    const Answer answer = m_visitor->post(u"/api/login?user=J%C3%BCrgen+L"_s);
    QCOMPARE(answer.json, Ok);
    QVERIFY(isSet(answer));
    QVERIFY(m_visitor->cookie() != id);
    QCOMPARE(m_visitor->session(u"user"_s), QJsonValue(u"Jürgen L"_s));
    QCOMPARE(m_visitor->get(u"/read"_s).body, "1");
}

void tst_Demo::user_names_come_back_to_the_last_code_point()
{
    const QString user = newUser();
    QCOMPARE(m_visitor->post(u"/api/login?user=%EF%BB%BF"_s + user).status, 200);
    // Qt's JSON parser would drop the mark.
    QVERIFY(m_visitor->get(u"/api/session"_s).body.contains("\"user\":\"\xEF\xBB\xBF" + user.toUtf8() + '"'));
    QCOMPARE(m_visitor->get(u"/api/user-sessions"_s).json.value(u"sessions"_s).toArray().size(), 1);
    QCOMPARE(m_visitor->post(u"/api/set?name=%EF%BB%BFa"_s, "1").status, 200);
    QCOMPARE(m_visitor->get(u"/api/get?name=a"_s).json.value(u"found"_s), QJsonValue(false));
    QCOMPARE(m_visitor->get(u"/api/get?name=%EF%BB%BFa"_s).json.value(u"found"_s), QJsonValue(true));
}

void tst_Demo::users_see_and_end_their_own_sessions()
{
    const QString login = u"/api/login?user="_s + newUser();
    Visitor laptop(server()->url()), phone(server()->url()), tablet(server()->url()), other(server()->url());
    other.post(u"/api/login?user=bob"_s);
    for (Visitor *visitor : {&laptop, &phone, &tablet})
        visitor->post(login);

    const QJsonArray sessions = phone.get(u"/api/user-sessions"_s).json.value(u"sessions"_s).toArray();
    QCOMPARE(sessions.size(), 3);
    for (const QJsonValue session : sessions) {
        QCOMPARE(session.toObject().keys(), (QStringList{u"createdAt"_s, u"current"_s, u"key"_s, u"lastSeenAt"_s}));
        QCOMPARE(session[u"current"_s].toBool(), session[u"key"_s] == phone.session(u"key"_s));
    }

    QCOMPARE(phone.post(u"/api/logout-everywhere?keep-current=1"_s).json.value(u"revoked"_s).toInt(), 2);
    QCOMPARE(laptop.session(u"active"_s), QJsonValue(false));
    QCOMPARE(phone.session(u"active"_s), QJsonValue(true));
    laptop.post(login);
    const Answer everywhere = phone.post(u"/api/logout-everywhere?keep-current=0"_s);
    QCOMPARE(everywhere.json.value(u"revoked"_s).toInt(), 2);
    QVERIFY(isRemoval(everywhere));
    QCOMPARE(laptop.session(u"active"_s), QJsonValue(false));
    QCOMPARE(other.session(u"active"_s), QJsonValue(true));
}

void tst_Demo::calls_for_users_get_401_without_one()
{
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(m_visitor->get(u"/api/user-sessions"_s).status, 401);
        QCOMPARE(m_visitor->post(u"/api/logout-everywhere?keep-current=0"_s).status, 401);
        m_visitor->get(u"/visit"_s);
    }
}

void tst_Demo::expiry_is_set_four_ways()
{
    const auto secondsLeft = [this] {
        const auto ends = QDateTime::fromString(m_visitor->session(u"expiresAt"_s).toString(), Qt::ISODateWithMs);
        return qRound(QDateTime::currentDateTimeUtc().msecsTo(ends) / 100'000.0) * 100;
    };
    QCOMPARE(m_visitor->post(u"/api/expiry?idle=60"_s).json, Ok);
    QCOMPARE(m_visitor->session(u"active"_s), QJsonValue(false));

    m_visitor->get(u"/visit"_s);
    const Answer idle = m_visitor->post(u"/api/expiry?idle=999.5"_s);
    QCOMPARE(idle.json, Ok);
    QVERIFY(isSet(idle));
    QVERIFY(idle.cookies.constFirst().contains("Max-Age=1000"));
    QCOMPARE(secondsLeft(), 1000);

    const Answer sessionEnd = m_visitor->post(u"/api/expiry?session-end=1"_s);
    QVERIFY(isSet(sessionEnd));
    QVERIFY(!sessionEnd.cookies.constFirst().contains("Max-Age"));

    m_visitor->post(u"/api/expiry?default=1"_s);
    QCOMPARE(secondsLeft(), 14 * 86400);

    const QDateTime at = QDateTime::currentDateTime().addSecs(5000).toOffsetFromUtc(7200);
    QCOMPARE(m_visitor->post(u"/api/expiry?at="_s + at.toString(Qt::ISODate)).json, Ok);
    QCOMPARE(secondsLeft(), 5000);
}

void tst_Demo::slow_calls_overlap_others()
{
    if (!m_routes) {
        QCOMPARE(m_visitor->post(u"/api/slow?ms=1&name=a"_s, "1").status, 501);
        QCOMPARE(m_visitor->get(u"/api/slow-read?ms=1&name=a"_s).status, 501);
        return;
    }
    m_visitor->get(u"/visit"_s);
    QNetworkReply *slow = m_visitor->start("POST", u"/api/slow?ms=1500&name=a"_s, "1");
    QNetworkReply *slowRead = m_visitor->start("GET", u"/api/slow-read?ms=1500&name=b"_s);
    QTest::qWait(300);
    m_visitor->post(u"/api/set?name=b"_s, "2");
    QVERIFY(!slow->isFinished());
    QCOMPARE(Visitor::finish(slow).json, (QJsonObject{{u"previous"_s, QJsonValue()}}));
    QCOMPARE(Visitor::finish(slowRead).json.value(u"found"_s), QJsonValue(false));
    QCOMPARE(m_visitor->session(u"data"_s), QJsonValue(QJsonObject{{u"visits"_s, 1}, {u"a"_s, 1}, {u"b"_s, 2}}));
}

void tst_Demo::slow_write_does_not_undo_a_logout()
{
    if (!m_routes)
        return;
    m_visitor->get(u"/visit"_s);
    QNetworkReply *slow = m_visitor->start("POST", u"/api/slow?ms=1500&name=a"_s, "1");
    QNetworkReply *slowRead = m_visitor->start("GET", u"/api/slow-read?ms=1500&name=a"_s);
    QTest::qWait(300);
    m_visitor->post(u"/api/destroy"_s);
    const Answer lost = Visitor::finish(slow);
    QCOMPARE(lost.status, 409);
    QVERIFY(lost.cookies.isEmpty());
    const Answer read = Visitor::finish(slowRead);
    QCOMPARE(read.status, 200);
    QVERIFY(read.cookies.isEmpty());
    QCOMPARE(m_visitor->session(u"active"_s), QJsonValue(false));
}

void tst_Demo::failing_calls_leave_no_trace()
{
    const Answer first = m_visitor->post(u"/api/fail?name=a"_s, "1");
    QCOMPARE(first.status, 500);
    QVERIFY(first.cookies.isEmpty());

    m_visitor->get(u"/visit"_s);
    const QByteArray id = m_visitor->cookie();
    QCOMPARE(m_visitor->post(u"/api/fail?name=a"_s, "1").status, 500);
    QCOMPARE(m_visitor->post(u"/api/fail-rotate"_s).status, 500);
    QCOMPARE(m_visitor->cookie(), id);
    QCOMPARE(m_visitor->session(u"data"_s), QJsonValue(QJsonObject{{u"visits"_s, 1}}));
}

void tst_Demo::flash_is_read_once()
{
    const auto flash = [this] { return m_visitor->get(u"/api/flash"_s).json.value(u"flash"_s); };
    QCOMPARE(flash(), QJsonValue(QJsonArray()));
    QVERIFY(m_visitor->cookie().isEmpty());
    QCOMPARE(m_visitor->post(u"/api/flash"_s, "\"one\"").json, Ok);
    QCOMPARE(m_visitor->post(u"/api/flash"_s, "\"two\"").json, Ok);
    QCOMPARE(flash(), QJsonValue(QJsonArray{u"one"_s, u"two"_s}));
    QCOMPARE(flash(), QJsonValue(QJsonArray()));
    QCOMPARE(m_visitor->session(u"data"_s), QJsonValue(QJsonObject()));
}

void tst_Demo::protected_call_wants_the_token_of_the_session()
{
    QCOMPARE(m_visitor->post(u"/api/protected"_s).status, 403);
    const QByteArray token = m_visitor->get(u"/api/csrf"_s).json.value(u"token"_s).toString().toLatin1();
    QVERIFY(token.size() >= 20);
    QCOMPARE(m_visitor->post(u"/api/protected"_s).status, 403);
    QCOMPARE(m_visitor->post(u"/api/protected"_s, {}, "wrong").status, 403);
    QCOMPARE(m_visitor->post(u"/api/protected"_s, {}, token).status, 200);
    const auto postForm = [this](const QByteArray &form) {
        return Visitor::finish(m_visitor->start("POST", u"/api/protected"_s, form, {}, "application/x-www-form-urlencoded"))
            .status;
    };
    QCOMPARE(postForm("a=b&csrf=" + token), 200);
    QCOMPARE(postForm("a=b&csrf=" + token + "x"), 403);
    QCOMPARE(m_visitor->post(u"/api/protected"_s, "csrf=" + token).status, 403);
    Visitor other(server()->url());
    other.get(u"/visit"_s);
    QCOMPARE(other.post(u"/api/protected"_s, {}, token).status, 403);
    m_visitor->post(u"/api/rotate"_s);
    QCOMPARE(m_visitor->post(u"/api/protected"_s, {}, token).status, 403);
}

void tst_Demo::other_cookies_survive()
{
    const Answer answer = m_visitor->post(u"/api/other-cookie?name=a"_s, "1");
    QCOMPARE(answer.json, (QJsonObject{{u"previous"_s, QJsonValue()}}));
    QCOMPARE(answer.cookies.size(), 2);
    QVERIFY(answer.cookies.contains("other=1"));
    QVERIFY(!m_visitor->cookie().isEmpty());
}

void tst_Demo::metrics_count_what_happened()
{
    const auto metrics = [this] { return m_visitor->get(u"/api/metrics"_s).json; };
    const QJsonObject before = metrics();
    QCOMPARE(before.keys(),
             (QStringList{u"changed"_s, u"conflicts"_s, u"created"_s, u"destroyed"_s, u"expired"_s, u"quarantined"_s,
                          u"rejectedIds"_s, u"revoked"_s, u"rotated"_s, u"storeErrors"_s, u"touched"_s}));
    m_visitor->get(u"/visit"_s);
    m_visitor->get(u"/visit"_s);
    m_visitor->post(u"/api/rotate"_s);
    m_visitor->post(u"/api/destroy"_s);
    m_visitor->setCookie("not-an-id");
    m_visitor->get(u"/read"_s);
    const QJsonObject after = metrics();
    for (const auto &[field, count] : std::map<QString, int>{{u"created"_s, 1},
                                                             {u"changed"_s, 1},
                                                             {u"rotated"_s, 1},
                                                             {u"destroyed"_s, 1},
                                                             {u"rejectedIds"_s, 1},
                                                             {u"storeErrors"_s, 0},
                                                             {u"revoked"_s, 0}})
        QVERIFY2(after.value(field).toInt() - before.value(field).toInt() == count, qPrintable(field));
}

void tst_Demo::record_over_the_size_limit_gets_413()
{
    Visitor visitor(server(u"--size-limit 1000 --max-sessions-per-user 2 --cap-policy refuse"_s)->url());
    visitor.get(u"/visit"_s);
    const Answer answer = visitor.post(u"/api/set?name=a"_s, '"' + QByteArray(2000, 'x') + '"');
    QCOMPARE(answer.status, 413);
    QVERIFY(answer.cookies.isEmpty());
    QCOMPARE(visitor.session(u"data"_s), QJsonValue(QJsonObject{{u"visits"_s, 1}}));
}

void tst_Demo::user_over_the_cap_gets_403()
{
    const QUrl url = server(u"--size-limit 1000 --max-sessions-per-user 2 --cap-policy refuse"_s)->url();
    const QString login = u"/api/login?user="_s + newUser();
    Visitor first(url), second(url), third(url);
    QCOMPARE(first.post(login).status, 200);
    QCOMPARE(second.post(login).status, 200);
    QCOMPARE(third.post(login).status, 403);
    QCOMPARE(third.session(u"active"_s), QJsonValue(false));
    QCOMPARE(second.post(login).status, 200);
    first.post(u"/api/destroy"_s);
    QCOMPARE(third.post(login).status, 200);
}

QTEST_GUILESS_MAIN(tst_Demo)
#include "tst_demo.moc"
