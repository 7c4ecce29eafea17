// SPDX-License-Identifier: MIT
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

/// Does what docs/other-machines.md says about live+tls, command by command; only host and port are those of this machine.
class TestOtherMachines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void commandsOfThePageWork();
    void tokenIsNeverShown();
    void cleanupTestCase();

private:
    struct Run
    {
        int code;
        QString out, err;
    };
    Run run(const QString &command) const;
    void start(QProcess &process, const QString &command) const;

    QTemporaryDir m_folder;
    QStringList m_commands;
    QString m_url; // with the token in a file
    QProcess m_demo;
};

void TestOtherMachines::start(QProcess &process, const QString &command) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, QLatin1StringView(SOJOURN_PROGRAMS ":" SOJOURN_DEMO_FOLDER ":") + environment.value(u"PATH"_s));
    environment.remove(u"SOJOURN_STORE"_s);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder.path());
    process.start(u"sh"_s, {u"-c"_s, command});
}

TestOtherMachines::Run TestOtherMachines::run(const QString &command) const
{
    QProcess process;
    start(process, command);
    if (!process.waitForFinished())
        return {-1, {}, u"it does not end"_s};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

void TestOtherMachines::initTestCase()
{
#ifdef Q_OS_WIN
    QSKIP("The page is written for a Unix shell.");
#endif
    if (!QSslSocket::supportsSsl() || QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
        QSKIP("There is no TLS, or no openssl to make certificates with.");
    QFile page(QStringLiteral(SOJOURN_PAGE));
    QVERIFY(page.open(QIODevice::ReadOnly));
    QString text = QString::fromUtf8(page.readAll());
    text = text.section(u"\n## Without SSH"_s, 1).section(u"\n## "_s, 0, 0);
    const QStringList blocks = text.split(u"\n```"_s);
    for (qsizetype i = 1; i < blocks.size(); i += 2) {
        if (blocks[i].startsWith(u'\n')) // and not cpp
            m_commands += blocks[i].split(u'\n', Qt::SkipEmptyParts);
    }
    QCOMPARE(m_commands.size(), 7);

    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost));
    m_commands.replaceInStrings(u":7443"_s, u":%1"_s.arg(free.serverPort()));
    m_commands.replaceInStrings(u"//web1:"_s, u"//127.0.0.1:"_s);
}

void TestOtherMachines::commandsOfThePageWork()
{
    if (m_commands.isEmpty())
        QSKIP("See initTestCase().");
    QString fingerprint;
    for (const QString &command : m_commands.first(4)) {
        const Run done = run(command);
        QVERIFY2(done.code == 0, qPrintable(command + u'\n' + done.err));
        fingerprint = done.out.trimmed().section(u'=', 1);
    }
    QCOMPARE(fingerprint.size(), 95);
    start(m_demo, u"exec "_s + m_commands[4]);
    QVERIFY(m_demo.waitForReadyRead());
    QByteArray said;
    while (!said.contains("its sessions over TLS") && (m_demo.canReadLine() || m_demo.waitForReadyRead()))
        said += m_demo.readLine();
    QVERIFY2(said.startsWith("listening on http://127.0.0.1:"), said.constData());

    const QString list = m_commands[5];
    QVERIFY(list.startsWith(u"sojourn --store ") && m_commands[6].startsWith(u"sojourn-inspector "));
    QCOMPARE(list.section(u'"', 1, 1), m_commands[6].section(u'"', 1, 1));
    for (const QString &written : {fingerprint, QString(fingerprint).remove(u':')}) {
        m_url = list.section(u'"', 1, 1).replace(u"HEX"_s, written);
        const Run done = run(QString(list).replace(u"HEX"_s, written));
        QVERIFY2(done.code == 0, qPrintable(done.err));
    }
}

void TestOtherMachines::tokenIsNeverShown()
{
    if (m_url.isEmpty())
        QSKIP("See initTestCase().");
    QFile file(m_folder.filePath(u"live.token"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString token = QString::fromLatin1(file.readAll()).trimmed();
    const QString url = m_url.section(u'?', 0, 0).replace(u"//"_s, u"//:%1@"_s.arg(token)) + u"?fingerprint="_s
                      + m_url.section(u"fingerprint="_s, 1);
    const Run exported = run(u"sojourn --store '%1' export"_s.arg(url));
    QVERIFY2(exported.code == 0, qPrintable(exported.err));
    QVERIFY2(exported.out.contains(u"\"live+tls://127.0.0.1") && !exported.out.contains(token), qPrintable(exported.out));
    const Run environment = run(u"SOJOURN_PASSWORD=%1 sojourn --store '%2' count --json"_s.arg(
        token, QString(m_url).remove(u"token-file=live.token&"_s)));
    QCOMPARE(environment.out, u"{\"count\":0}\n"_s);

    // Errors name the remedy and no secret.
    const QString wrong = QString(token).replace(0, 1, token.startsWith(u'a') ? u"b"_s : u"a"_s);
    for (const auto &[address, code] : {std::pair(QString(url).replace(token, wrong), 1),
                                        std::pair(QString(url).replace(u"fingerprint="_s, u"fingerprint=00"_s), 2),
                                        std::pair(QString(url).section(u'?', 0, 0), 1)}) {
        const Run failed = run(u"sojourn --store '%1' list"_s.arg(address));
        QVERIFY2(failed.code == code, qPrintable(failed.err));
        QCOMPARE(failed.err.count(u'\n'), 1);
        QVERIFY2(!failed.err.contains(token) && !failed.err.contains(wrong), qPrintable(failed.err));
    }
}

void TestOtherMachines::cleanupTestCase()
{
    m_demo.terminate();
    QVERIFY(m_demo.state() == QProcess::NotRunning || m_demo.waitForFinished());
}

QTEST_GUILESS_MAIN(TestOtherMachines)
#include "tst_othermachines.moc"
