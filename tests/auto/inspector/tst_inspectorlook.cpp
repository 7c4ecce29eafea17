// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/conflictdialog.h"
#include "edit/expirydialog.h"
#include "look/format.h"
#include "look/theme.h"
#include "session/comparedialog.h"
#include "session/detailpanel.h"
#include "store/connectiondialog.h"
#include "table/sessionview.h"

#include <Sojourn/SearchExpression>

#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTranslator>
#include <QtGui/QAccessible>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QWidgetAction>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The room look: names, contrast, keyboard, languages.
class InspectorLook : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { speakEnglish(); }
    void headersAreNotCutOff_data();
    void headersAreNotCutOff();
    void colourSchemeMayChangeWhileItRuns();
    void coloursHaveContrast_data();
    void coloursHaveContrast();
    void iconsAreSharpAtAnyScale();
    void everyInteractiveWidgetHasAName();
    void keyboardStopsAtWhatOneSees();
    void dialogsHaveNames();
    void everyActionIsInAMenu();
    void shortcutsAreNotAmbiguous();
    void cellsSpeakWithTheirColumn();
    void errorsOfTheLibrarySpeakTheLanguage();
    void faultsOfTheSearchLineSpeakTheLanguage();
    void translationsAreComplete_data();
    void translationsAreComplete();
    void everyTextIsInTheTranslations();

private:
    StoreTab *openTab(int sessions, const QString &name = u"shop"_s)
    {
        return WindowTest::openTab(sessions, Connection::Development, name, 0);
    }
};

void InspectorLook::headersAreNotCutOff_data()
{
    QTest::addColumn<QString>("language");
    for (const auto language : {"en", "de", "fr", "zh_CN"})
        QTest::newRow(language) << QString::fromLatin1(language);
}

void InspectorLook::headersAreNotCutOff()
{
    QFETCH(QString, language);
    QTranslator translator;
    QVERIFY(translator.load(u":/i18n/sojourn_%1.qm"_s.arg(language)));
    Settings::remove(u"columns"_s);
    qApp->installTranslator(&translator);
    const StoreTab *tab = openTab(3);
    const auto *header = const_cast<StoreTab *>(tab)->view().horizontalHeader();
    for (int column = 0; column < SessionModel::ColumnCount; ++column) {
        if (!header->isSectionHidden(column))
            QVERIFY2(header->sectionSize(column) >= header->sectionSizeHint(column), qPrintable(QString::number(column)));
    }
    m_window.reset();
    qApp->removeTranslator(&translator);
}

void InspectorLook::colourSchemeMayChangeWhileItRuns()
{
    const QPalette before = qApp->palette();
    openTab(3);
    m_window->currentTab()->store().setWritable(false);
    const QIcon icon = Theme::icon(u"refresh"_s);
    QImage pictures[2];
    for (const bool dark : {false, true}) {
        qApp->setPalette(Theme::palette(dark));
        QTest::qWait(20);
        pictures[dark] = m_window->grab().toImage();
        int lightPixels = 0;
        const QImage drawn = icon.pixmap(QSize(32, 32)).toImage();
        for (int y = 0; y < drawn.height(); ++y) {
            for (int x = 0; x < drawn.width(); ++x)
                lightPixels += drawn.pixelColor(x, y).alpha() > 200 && drawn.pixelColor(x, y).lightness() > 128;
        }
        QCOMPARE(lightPixels > 0, dark); // strokes have the colour of text
    }
    const auto lightness = [](const QImage &image) {
        return image.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixelColor(0, 0).lightness();
    };
    QVERIFY(lightness(pictures[0]) > 180);
    QVERIFY(lightness(pictures[1]) < 80);
    qApp->setPalette(before);
}

/// Contrast as WCAG 2 reckons it.
static double contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

static QColor over(const QColor &top, const QColor &below)
{
    const auto mix = [alpha = top.alphaF()](float a, float b) { return a * alpha + b * (1 - alpha); };
    return QColor::fromRgbF(mix(top.redF(), below.redF()), mix(top.greenF(), below.greenF()), mix(top.blueF(), below.blueF()));
}

void InspectorLook::coloursHaveContrast_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void InspectorLook::coloursHaveContrast()
{
    QFETCH(bool, dark);
    const QPalette before = qApp->palette();
    const QPalette palette = Theme::palette(dark);
    qApp->setPalette(palette);
    using enum Theme::Colour;
    const QList<Theme::Colour> colours{Accent, Muted, Good, Warning, Bad, JsonName, JsonString, JsonNumber, JsonKeyword};
    for (const auto role : {QPalette::Base, QPalette::Window})
        QVERIFY2(contrast(Theme::colour(Outline), palette.color(role)) >= 3, qPrintable(palette.color(role).name()));
    const auto check = [](const QColor &text, const QColor &on, double least, const QString &what) {
        QVERIFY2(contrast(text, on) >= least,
                 qPrintable(u"%1: %2 on %3 is %4"_s.arg(what, text.name(), on.name()).arg(contrast(text, on))));
    };
    for (const auto role : {QPalette::Base, QPalette::AlternateBase, QPalette::Window}) {
        for (int i = 0; i < colours.size(); ++i)
            check(Theme::colour(colours[i]), palette.color(role), 4.5, u"colour %1"_s.arg(i));
        check(palette.color(QPalette::Text), palette.color(role), 7, u"text"_s);
        check(palette.color(QPalette::Link), palette.color(role), 4.5, u"link"_s);
        for (const QColor &marker : Theme::markers()) // a dot is no text
            check(marker, palette.color(role), 3, u"marker"_s);
    }
    check(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base), 4.5, u"placeholder"_s);
    check(palette.color(QPalette::ButtonText), palette.color(QPalette::Button), 4.5, u"button"_s);
    check(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight), 4.5, u"selection"_s);
    check(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase), 4.5, u"tool tip"_s);
    // What lies on a tint: banners, cells that differ, cells that glow.
    for (QColor tint : Theme::markers() + QList{Theme::colour(Bad), Theme::colour(Accent)}) {
        tint.setAlphaF(0.16f);
        check(palette.color(QPalette::WindowText), over(tint, palette.color(QPalette::Window)), 4.5, u"banner"_s);
        check(palette.color(QPalette::Text), over(tint, palette.color(QPalette::Base)), 4.5, u"tint"_s);
    }
    QColor glow = Theme::colour(Accent);
    glow.setAlphaF(0.35f);
    check(palette.color(QPalette::Text), over(glow, palette.color(QPalette::Base)), 4.5, u"glow"_s);
    qApp->setPalette(before);
}

void InspectorLook::iconsAreSharpAtAnyScale()
{
    for (const QString &name : QDir(u":/icons"_s).entryList({u"*.svg"_s})) {
        const QIcon icon = Theme::icon(QFileInfo(name).baseName());
        for (const double scale : {1.0, 1.5, 2.0}) {
            const QPixmap pixmap = icon.pixmap(QSize(16, 16), scale);
            QCOMPARE(pixmap.width(), qRound(16 * scale)); // drawn at that size, not stretched to it
            QCOMPARE(pixmap.devicePixelRatio(), scale);
            QVERIFY2(!pixmap.toImage().convertToFormat(QImage::Format_Alpha8).allGray() || !pixmap.isNull(), qPrintable(name));
        }
    }
    QCOMPARE(Theme::dot(Qt::red).pixmap(QSize(16, 16), 2.0).width(), 32);
}

/// The name that a screen reader says.
static QString spokenName(QWidget *widget)
{
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
    const QString spoken = accessible ? accessible->text(QAccessible::Name) : QString();
    return spoken.isEmpty() ? widget->accessibleName() : spoken; // a bar of tabs says its current tab, if any
}

static QStringList nameless(const QWidget &window)
{
    QStringList found;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy()
            || qobject_cast<QHeaderView *>(widget) || qobject_cast<QScrollArea *>(widget)
            || widget->objectName().startsWith("qt_"_L1))
            continue;
        const bool part = widget->parentWidget()
                       && (qobject_cast<QComboBox *>(widget->parentWidget())
                           || qobject_cast<QAbstractSpinBox *>(widget->parentWidget()));
        if (!part && spokenName(widget).isEmpty())
            found << u"%1 %2 in %3"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName(),
                                          QLatin1StringView(widget->parentWidget()->metaObject()->className()));
    }
    return found;
}

void InspectorLook::everyInteractiveWidgetHasAName()
{
    QVERIFY2(nameless(*m_window).isEmpty(), qPrintable(nameless(*m_window).join(u"; "_s))); // the welcome
    StoreTab *tab = openTab(20);
    tab->view().selectRow(0);
    for (const QString &dock : {u"overview"_s, u"activity"_s}) {
        m_window->findChild<QDockWidget *>(dock)->show();
        m_window->findChild<QDockWidget *>(dock)->raise();
        QTest::qWait(20);
        auto *pages = m_window->findChild<DetailPanel *>()->findChild<QTabWidget *>();
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentIndex(page);
            QVERIFY2(nameless(*m_window).isEmpty(), qPrintable(nameless(*m_window).join(u"; "_s)));
        }
    }
    for (QToolBar *bar : m_window->findChildren<QToolBar *>()) {
        for (QAction *action : bar->actions())
            QVERIFY(action->isSeparator() || !action->text().isEmpty() || bar->widgetForAction(action));
    }
}

void InspectorLook::keyboardStopsAtWhatOneSees()
{
    StoreTab *tab = openTab(5);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    tab->view().selectRow(0);
    tab->view().setFocus();
    QWidget *const first = qApp->focusWidget();
    QVERIFY(first);
    int stops = 0;
    for (QWidget *widget = first; widget && (stops == 0 || widget != first) && stops < 100; ++stops) {
        QVERIFY2(m_window->rect().intersects(QRect(widget->mapTo(m_window.get(), QPoint()), widget->size())),
                 widget->metaObject()->className());
        QVERIFY2(!QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty(),
                 widget->metaObject()->className());
        QTest::keyClick(widget, Qt::Key_Tab);
        QVERIFY(qApp->focusWidget() != widget);
        widget = qApp->focusWidget();
    }
    QVERIFY(stops > 5 && qApp->focusWidget() == first);
}

void InspectorLook::dialogsHaveNames()
{
    const TimePoint now = systemNow();
    const SessionRecord seen = sampleSession(4, now);
    SessionChange change;
    change.set("visits", "5");
    openTab(2);
    for (QDialog *dialog : std::initializer_list<QDialog *>{
             new ConflictDialog({u"Set visits"_s, Edit::changing(seen, change), seen, seen}),
             new CompareSessionsDialog(seen, sampleSession(7, now)),
             new CompareStoresDialog({{u"a"_s, m_store}, {u"b"_s, m_store}}), new ExpiryDialog(seen, 1, now),
             new ConnectionDialog,
             new ConnectionDialog({.name = u"shop"_s, .url = u"redis://localhost:6379/0"_s, .colour = Qt::red})}) {
        dialog->show();
        QVERIFY(!dialog->windowTitle().isEmpty());
        QVERIFY2(nameless(*dialog).isEmpty(), qPrintable(nameless(*dialog).join(u"; "_s)));
        dialog->close();
    }
}

static void collect(const QList<QAction *> &actions, QSet<QAction *> &into)
{
    for (QAction *action : actions) {
        into.insert(action);
        if (action->menu())
            collect(action->menu()->actions(), into);
    }
}

void InspectorLook::everyActionIsInAMenu()
{
    StoreTab *tab = openTab(3);
    QSet<QAction *> inMenus;
    collect(m_window->menuBar()->actions(), inMenus);
    QSet<QAction *> others;
    for (QToolBar *bar : m_window->findChildren<QToolBar *>(Qt::FindDirectChildrenOnly))
        collect(bar->actions(), others);
    collect(tab->view().actions(), others);
    for (QAction *action : std::as_const(others)) {
        if (!action->isSeparator() && !qobject_cast<QWidgetAction *>(action))
            QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
    }
    for (QAction *action : std::as_const(inMenus)) {
        if (!action->isSeparator() && !action->text().isEmpty())
            QVERIFY2(action->text().contains(u'&'), qPrintable(action->text())); // reached by its letter
    }
}

void InspectorLook::shortcutsAreNotAmbiguous()
{
    openTab(3);
    QHash<QKeySequence, QString> used;
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (action->shortcutContext() != Qt::WindowShortcut)
            continue;
        for (const QKeySequence &keys : action->shortcuts()) {
            QVERIFY2(!used.contains(keys), qPrintable(u"%1: %2 and %3"_s.arg(keys.toString(), action->text(), used.value(keys))));
            used.insert(keys, action->text());
        }
    }
    for (const auto standard :
         {QKeySequence::New, QKeySequence::Open, QKeySequence::Save, QKeySequence::Close, QKeySequence::Quit, QKeySequence::Undo,
          QKeySequence::Redo, QKeySequence::Find, QKeySequence::Refresh})
        QVERIFY(QKeySequence(standard).isEmpty() || used.contains(QKeySequence(standard)));
}

void InspectorLook::cellsSpeakWithTheirColumn()
{
    StoreTab *tab = openTab(3);
    for (int column = 0; column < SessionModel::ColumnCount; ++column) {
        const QModelIndex cell = tab->model().index(0, column);
        const QString spoken = cell.data(Qt::AccessibleTextRole).toString();
        QVERIFY(spoken.startsWith(tab->model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() + u": "_s));
        QVERIFY(spoken.endsWith(cell.data().toString()));
    }
    QCOMPARE(QAccessible::queryAccessibleInterface(&tab->view())->role(), QAccessible::Table);
}

void InspectorLook::errorsOfTheLibrarySpeakTheLanguage()
{
    const auto text = [](const ErrorText &sentence) { return Format::error({Error::Unavailable, sentence}); };
    const ErrorText noSession = Error::tr("There is no living session with this key.");
    // Without a translation the sentences stay as they are.
    QCOMPARE(text(noSession), u"There is no living session with this key."_s);
    QCOMPARE(text(Error::tr("Redis at %1 has no database %2: %3").arg(u"h:1"_s, 7, u"ERR 5%1"_s)),
             u"Redis at h:1 has no database 7: ERR 5%1"_s);
    QCOMPARE(text(u"of nobody's making"_s), u"of nobody's making"_s);

    QTranslator german;
    QVERIFY(german.load(u":/i18n/sojourn_de.qm"_s));
    qApp->installTranslator(&german);
    QCOMPARE(text(noSession), u"Es gibt keine lebende Sitzung mit diesem Schlüssel."_s);
    QCOMPARE(
        Format::error(SessionChange::tooLarge(12, 10)),
        u"Die Sitzung würde 12 Bytes brauchen, erlaubt sind 10. Speichern Sie weniger darin, oder erhöhen Sie die Grenze."_s);
    // What is quoted is a sentence of its own, or of somebody else.
    QCOMPARE(text(Error::tr("Cannot read the snapshot %1: %2.").arg(u"%2.gz"_s, Error::tr("the gzip file is cut off"))),
             u"Der Schnappschuss %2.gz lässt sich nicht lesen: die gzip-Datei ist abgeschnitten."_s);
    QCOMPARE(text(u"of nobody's making"_s), u"of nobody's making"_s);
    // A sentence that a program put in the place of ours is not hidden by ours.
    Error replaced(Error::NotFound, noSession);
    replaced.text = u"Log in first."_s;
    QCOMPARE(Format::error(replaced), u"Log in first."_s);
    // It is what people see.
    m_store = std::make_shared<FakeStore>(2);
    m_store->failure = Error{Error::Unavailable,
                             Error::tr("The session store did not answer in time. Check that it runs and is not overloaded.")};
    StoreTab *tab = m_window->addTab(Connection::forUrl(u"memory:"_s), m_store, false);
    QTRY_VERIFY(std::ranges::any_of(tab->findChildren<QLabel *>(), [](QLabel *label) {
        return label->text()
                == "Der Sitzungsspeicher hat nicht rechtzeitig geantwortet. Prüfen Sie, ob er läuft und nicht überlastet ist."_L1
            || label->text().contains(u"Der Sitzungsspeicher hat nicht rechtzeitig geantwortet."_s);
    }));
    m_window.reset();
    qApp->removeTranslator(&german);
}

void InspectorLook::faultsOfTheSearchLineSpeakTheLanguage()
{
    QTranslator german;
    QVERIFY(german.load(u":/i18n/sojourn_de.qm"_s));
    qApp->installTranslator(&german);
    for (const QString &line : {u"\"a"_s, u"user:\"a\\x\""_s, u"\"a\" \"b\""_s, u"usr:ann"_s, u"ann bob"_s, u"key:a key:b"_s,
                                u"has:"_s, u"key:%"_s, u"around:noon"_s, u"is:old"_s, u"size>x"_s, u"attributes>x"_s, u"seen>x"_s,
                                u"=1"_s, u"role="_s, u"is:ended size>1M"_s}) {
        const auto read = SearchExpression::parse(line, {}, SearchExpression::Word::User);
        QVERIFY2(!read, qPrintable(line));
        const QString text = Format::text(read.error().reason);
        QVERIFY2(text != read.error().text && !text.contains(u"%1"), qPrintable(text));
        QCOMPARE(read.error().reason.toString(), read.error().text);
    }
    qApp->removeTranslator(&german);
}

void InspectorLook::translationsAreComplete_data()
{
    QTest::addColumn<QString>("language");
    for (const auto language : {"de", "fr", "zh_CN"})
        QTest::newRow(language) << QString::fromLatin1(language);
}

/// Every text is translated, with the same places to fill in.
void InspectorLook::translationsAreComplete()
{
    QFETCH(QString, language);
    QFile file(QFINDTESTDATA(u"../../../translations/sojourn_%1.ts"_s.arg(language)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    static const QRegularExpression place(u"%(\\d|n|L\\d|Ln)(?![0-9A-F])"_s);
    const auto places = [](const QString &text) {
        QStringList found;
        for (auto it = place.globalMatch(text); it.hasNext();)
            found << it.next().captured();
        found.sort();
        return found;
    };
    QString source;
    int translated = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == "source"_L1) {
            source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            QVERIFY2(!xml.attributes().hasAttribute("type"_L1), qPrintable(source));
            QStringList texts;
            while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == "translation"_L1)) {
                if (xml.isCharacters() && !xml.text().trimmed().isEmpty())
                    texts << xml.text().toString();
            }
            QVERIFY2(!texts.isEmpty(), qPrintable(source));
            ++translated;
            for (const QString &text : std::as_const(texts)) {
                QStringList wanted = places(source), there = places(text);
                if (texts.size() > 1) { // "one session" need not say its number
                    wanted.removeAll(u"%n"_s), there.removeAll(u"%n"_s);
                    wanted.removeAll(u"%Ln"_s), there.removeAll(u"%Ln"_s);
                }
                QVERIFY2(wanted == there, qPrintable(source + u" → "_s + text));
            }
        }
    }
    QVERIFY(!xml.hasError());
    QVERIFY(translated > 400);
}

/// The translations know every text that the sources have now.
void InspectorLook::everyTextIsInTheTranslations()
{
    const QString lupdate = QStringLiteral(SOJOURN_LUPDATE);
    if (lupdate.isEmpty())
        QSKIP("There is no lupdate.");
    QTemporaryDir folder;
    const QString sources = QFileInfo(QFINDTESTDATA("../../../app/inspector/main.cpp")).absolutePath();
    const QString shared = QFileInfo(QFINDTESTDATA("../../../app/shared/arguments.cpp")).absolutePath();
    const QString library = QFileInfo(QFINDTESTDATA("../../../lib/CMakeLists.txt")).absolutePath();
    const QString copy = folder.filePath(u"sojourn_de.ts"_s);
    QVERIFY(QFile::copy(QFINDTESTDATA("../../../translations/sojourn_de.ts"), copy));
    QProcess process;
    process.start(lupdate, {sources, shared, library, u"-I"_s, library + u"/core"_s, u"-I"_s, QStringLiteral(SOJOURN_HEADERS),
                            u"-no-obsolete"_s, u"-locations"_s, u"none"_s, u"-ts"_s, copy});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QFile file(copy);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QString source;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        if (line.contains(u"<source>"))
            source = line.trimmed();
        // Where lupdate does not know the class, the context lacks its namespace. Then write Sojourn::Error::tr().
        QVERIFY2(!line.contains(u"<name>Error</name>"), "A text of Error has no namespace");
        QVERIFY2(!line.contains(u"type=\"unfinished\""), qPrintable(source + u" (build update_translations, and translate)"_s));
    }
}

QTEST_MAIN(InspectorLook)

#include "tst_inspectorlook.moc"
