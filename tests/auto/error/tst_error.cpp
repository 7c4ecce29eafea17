// SPDX-License-Identifier: MIT
#include <Sojourn/Error>

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;

class TestError : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textIsTheSentenceWithItsArguments();
    void argumentsAreNotFormats();
    void sentenceIsTranslatedWithWhatItQuotes();
    void stopIsLeftOutInEachLanguage();
    void oneStopStandsBehindWhatIsQuoted();
    void textOfAProgramStands();
};

void TestError::textIsTheSentenceWithItsArguments()
{
    const Result<int> result = failure(Error::TooLarge, Error::tr("%2 of %1").arg(u"ann"_s, 7));
    QVERIFY(result.error() == Error::TooLarge);
    QCOMPARE(result.error().text, u"7 of ann"_s);
    QCOMPARE(Error::tr("%1 and %2").arg(1).arg(2).toString(), u"1 and 2"_s);
    QCOMPARE(Error(Error::Invalid, u"plain"_s).text, u"plain"_s);
    QVERIFY(Error().text.isEmpty());
    QVERIFY(Error(Error::Invalid).text.isEmpty());
}

void TestError::argumentsAreNotFormats()
{
    QCOMPARE(Error::tr("%1 is not %2").arg(u"%2%1"_s, u"100%"_s).toString(), u"%2%1 is not 100%"_s);
    QCOMPARE(Error::tr("write %3F, not %1").arg(u"?"_s).toString(), u"write %3F, not ?"_s);
    QCOMPARE(Error::tr("100%").arg(u"x"_s).toString(), u"100%"_s);
}

static QString backwards(const QString &format)
{
    return format == "%1 at %2."_L1 ? u"%2 @ %1."_s : format == "no"_L1 ? u"non"_s : format;
}

void TestError::sentenceIsTranslatedWithWhatItQuotes()
{
    const Error error(Error::Unavailable, Error::tr("%1 at %2.").arg(Error::tr("no"), u"no"_s));
    QCOMPARE(error.text, u"no at no."_s);
    QCOMPARE(error.sentence().toString(backwards), u"no @ non."_s);
    QCOMPARE(Error(Error::Invalid, u"no"_s).sentence().toString(backwards), u"no"_s);
}

void TestError::stopIsLeftOutInEachLanguage()
{
    const ErrorText part = Error::tr("Stop.").withoutStop();
    QCOMPARE(Error::tr("user: %1").arg(part).toString(), u"user: Stop"_s);
    QCOMPARE(part.toString([](const QString &) { return u"停\u3002"_s; }), u"停"_s);
}

void TestError::oneStopStandsBehindWhatIsQuoted()
{
    const ErrorText joined = Error::tr("%1. Nothing was changed.");
    const ErrorText lost = Error::tr("The connection was lost: %1.").arg(u"Connection reset by peer"_s);
    QCOMPARE(joined.arg(lost).toString(), u"The connection was lost: Connection reset by peer. Nothing was changed."_s);
    QCOMPARE(joined.arg(u"The server said so."_s).toString(), u"The server said so. Nothing was changed."_s);
    QCOMPARE(joined.arg(u"Use redis://host:1"_s).toString(), u"Use redis://host:1. Nothing was changed."_s);
    QCOMPARE(joined.arg(u"Wait..."_s).toString(), u"Wait.... Nothing was changed."_s);
    QCOMPARE(Error::tr("The file %1 is gone.").arg(u"/tmp/a."_s).toString(), u"The file /tmp/a. is gone."_s);
    const auto chinese = [](const QString &format) {
        return format.startsWith("%1."_L1) ? u"%1\u3002\u6ca1\u6709\u3002"_s : u"\u505c\u3002"_s;
    };
    QCOMPARE(joined.arg(Error::tr("Stop.")).toString(chinese), u"\u505c\u3002\u6ca1\u6709\u3002"_s);
}

void TestError::textOfAProgramStands()
{
    Error error(Error::NotFound, Error::tr("no"));
    error.text = u"Nobody is here."_s;
    QCOMPARE(error.sentence().toString(backwards), u"Nobody is here."_s);
    QCOMPARE(error, Error(Error::NotFound, u"Nobody is here."_s));
}

QTEST_APPLESS_MAIN(TestError)
#include "tst_error.moc"
