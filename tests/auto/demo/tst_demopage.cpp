// SPDX-License-Identifier: MIT

// The demo's page in a real browser. With SOJOURN_PICTURES=FOLDER it leaves pictures of the page there.

#include "browser.h"
#include "demoprocess.h"
#include "visitor.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;

class tst_DemoPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void counts_visits_and_hides_the_cookie_from_scripts();
    void login_keeps_the_cart_and_changes_the_key();
    void rotate_keeps_everything_but_the_key();
    void logout_leaves_nothing();
    void order_needs_the_csrf_token();
    void note_is_shown_once();
    void other_sessions_can_be_ended();
    void works_with_the_keyboard();
    void tells_that_the_session_has_expired();

private:
    void takePictures(const QString &name);

    std::unique_ptr<DemoProcess> m_demo;
    std::unique_ptr<Browser> m_browser;
};

#define TRY_TEXT(selector, expected) QTRY_COMPARE(m_browser->textOf(selector), expected)

void tst_DemoPage::initTestCase()
{
    if (Browser::executable().isEmpty())
        QSKIP("No browser to drive the page with: apt install chromium");
    m_demo = std::make_unique<DemoProcess>(QStringList{u"--store"_s, u"memory:"_s});
    QVERIFY(!m_demo->url().isEmpty());
    m_browser = std::make_unique<Browser>();
    QVERIFY(m_browser->isReady());
}

/// Each test begins as a new visitor.
void tst_DemoPage::init()
{
    QVERIFY(m_browser->open(QUrl(u"about:blank"_s)));
    m_browser->forgetCookies();
    QVERIFY(m_browser->open(m_demo->url()));
    TRY_TEXT(u"#visits"_s, u"first visit"_s);
}

void tst_DemoPage::cleanup()
{
    if (m_browser)
        QCOMPARE(m_browser->takeComplaints().join(u'\n'), QString());
}

void tst_DemoPage::cleanupTestCase()
{
    m_browser.reset();
    m_demo.reset();
}

void tst_DemoPage::takePictures(const QString &name)
{
    if (const QString folder = qEnvironmentVariable("SOJOURN_PICTURES"); !folder.isEmpty())
        m_browser->takePictures(folder, name);
}

void tst_DemoPage::counts_visits_and_hides_the_cookie_from_scripts()
{
    takePictures(u"new"_s);
    QVERIFY(m_browser->reload());
    TRY_TEXT(u"#visits"_s, u"2 visits"_s);
    QVERIFY(m_browser->reload());
    TRY_TEXT(u"#visits"_s, u"3 visits"_s);
    QCOMPARE(m_browser->evaluate(u"document.cookie"_s), QJsonValue(u""_s));
}

void tst_DemoPage::login_keeps_the_cart_and_changes_the_key()
{
    m_browser->click(u"#product-tea .more"_s);
    TRY_TEXT(u"#product-tea output"_s, u"1"_s);
    m_browser->click(u"#product-tea .more"_s);
    TRY_TEXT(u"#product-tea output"_s, u"2"_s);
    m_browser->click(u"#product-apples .more"_s);
    TRY_TEXT(u"#product-apples output"_s, u"1"_s);
    const QString key = m_browser->textOf(u"#key"_s);
    QCOMPARE(key.size(), 43);

    m_browser->click(u"#user"_s);
    m_browser->type(u"Grace <b>Hopper</b>"_s);
    m_browser->click(u"#login-form button"_s);
    TRY_TEXT(u"#who"_s, u"logged in as Grace <b>Hopper</b>"_s);
    QVERIFY(m_browser->textOf(u"#key"_s) != key);
    QCOMPARE(m_browser->textOf(u"#product-tea output"_s), u"2"_s);
    takePictures(u"logged-in"_s);

    m_browser->click(u"#product-tea .less"_s);
    TRY_TEXT(u"#product-tea output"_s, u"1"_s);
    m_browser->click(u"#cart li button"_s);
    TRY_TEXT(u"#product-tea output"_s, u"0"_s);
    QVERIFY(m_browser->reload());
    TRY_TEXT(u"#product-apples output"_s, u"1"_s);
    TRY_TEXT(u"#who"_s, u"logged in as Grace <b>Hopper</b>"_s);
}

void tst_DemoPage::rotate_keeps_everything_but_the_key()
{
    const QString key = m_browser->textOf(u"#key"_s);
    m_browser->click(u"#rotate"_s);
    QTRY_VERIFY(m_browser->textOf(u"#key"_s) != key);
    QVERIFY(m_browser->reload());
    TRY_TEXT(u"#visits"_s, u"2 visits"_s);
    QVERIFY(m_browser->textOf(u"#key"_s) != key);
}

void tst_DemoPage::logout_leaves_nothing()
{
    m_browser->click(u"#user"_s);
    m_browser->type(u"ada"_s);
    m_browser->press(u"Enter"_s);
    TRY_TEXT(u"#who"_s, u"logged in as ada"_s);
    m_browser->click(u"#logout"_s);
    TRY_TEXT(u"#who"_s, u"not logged in"_s);
    QTRY_VERIFY(m_browser->textOf(u"#no-session"_s).startsWith("There is none"_L1));
    takePictures(u"logged-out"_s);
    QVERIFY(m_browser->reload());
    TRY_TEXT(u"#visits"_s, u"first visit"_s);
}

void tst_DemoPage::order_needs_the_csrf_token()
{
    m_browser->click(u"#product-honey .more"_s);
    TRY_TEXT(u"#product-honey output"_s, u"1"_s);
    m_browser->click(u"#forge"_s);
    QTRY_VERIFY(m_browser->textOf(u"#flash"_s).contains("X-CSRF-Token"_L1));
    QCOMPARE(m_browser->textOf(u"#product-honey output"_s), u"1"_s);
    QCOMPARE(m_browser->takeComplaints().size(), 1); // the browser notes the 403

    m_browser->click(u"#order"_s);
    TRY_TEXT(u"#flash"_s, u"Thank you for your order."_s);
    TRY_TEXT(u"#product-honey output"_s, u"0"_s);
}

void tst_DemoPage::note_is_shown_once()
{
    m_browser->click(u"#note"_s);
    m_browser->type(u"Welcome back!"_s);
    m_browser->click(u"#note-form button"_s);
    TRY_TEXT(u"#flash"_s, u"Left for the next page."_s);
    QVERIFY(m_browser->reload());
    TRY_TEXT(u"#flash"_s, u"Welcome back!"_s);
    QVERIFY(m_browser->reload());
    TRY_TEXT(u"#visits"_s, u"3 visits"_s);
    QCOMPARE(m_browser->textOf(u"#flash"_s), u""_s);
}

void tst_DemoPage::other_sessions_can_be_ended()
{
    Visitor phone(m_demo->url());
    const Answer login = phone.post(u"/api/login?user=lin"_s);
    phone.setCookie(login.cookies.constFirst().split(';').constFirst().sliced(3)); // Secure, which only browsers allow here
    m_browser->click(u"#user"_s);
    m_browser->type(u"lin"_s);
    m_browser->press(u"Enter"_s);
    QTRY_COMPARE(m_browser->evaluate(u"document.querySelectorAll('#sessions li').length"_s).toInt(), 2);
    takePictures(u"sessions"_s);
    m_browser->click(u"#logout-others"_s);
    QTRY_COMPARE(m_browser->evaluate(u"document.querySelectorAll('#sessions li').length"_s).toInt(), 1);
    QCOMPARE(phone.session(u"active"_s), QJsonValue(false));
    m_browser->click(u"#logout-everywhere"_s);
    TRY_TEXT(u"#who"_s, u"not logged in"_s);
}

void tst_DemoPage::works_with_the_keyboard()
{
    const auto tabTo = [this](const QString &selector) {
        for (int i = 0; i < 60; ++i) {
            m_browser->press(u"Tab"_s);
            if (m_browser->evaluate(u"document.activeElement.matches('%1')"_s.arg(selector)).toBool())
                return true;
        }
        return false;
    };
    QVERIFY(tabTo(u"#product-bread .more"_s));
    m_browser->press(u" "_s);
    TRY_TEXT(u"#product-bread output"_s, u"1"_s);
    QVERIFY(tabTo(u"#cart li button"_s));
    m_browser->press(u"Enter"_s);
    TRY_TEXT(u"#product-bread output"_s, u"0"_s);
    QVERIFY(tabTo(u"#user"_s));
    m_browser->type(u"keyboard"_s);
    m_browser->press(u"Enter"_s);
    TRY_TEXT(u"#who"_s, u"logged in as keyboard"_s);
}

void tst_DemoPage::tells_that_the_session_has_expired()
{
    DemoProcess shortLived({u"--store"_s, u"memory:"_s, u"--idle"_s, u"1.5"_s, u"--cookie-name"_s, u"short"_s});
    QVERIFY(m_browser->open(shortLived.url()));
    TRY_TEXT(u"#visits"_s, u"first visit"_s);
    TRY_TEXT(u"#flash"_s, u"Your session has ended: nobody used it for a while."_s);
    QVERIFY(m_browser->reload());
    TRY_TEXT(u"#visits"_s, u"first visit"_s);
    QVERIFY(m_browser->open(m_demo->url()));
}

QTEST_GUILESS_MAIN(tst_DemoPage)
#include "tst_demopage.moc"
