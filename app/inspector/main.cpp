// SPDX-License-Identifier: MIT
#include "look/inspectorstyle.h"
#include "look/theme.h"
#include "window/mainwindow.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QLibraryInfo>
#include <QtCore/QTranslator>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyle>

using namespace Qt::StringLiterals;
using namespace Sojourn::Inspector;

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    app.setApplicationName(u"sojourn-inspector"_s);
    app.setApplicationVersion(u"0.1.0"_s);
    app.setDesktopFileName(u"io.github.sojourn.Inspector"_s);
    app.setWindowIcon(Theme::icon(u"sojourn-inspector"_s));

    QTranslator qtTranslator, translator;
    if (qtTranslator.load(QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        app.installTranslator(&qtTranslator);
    // English is a translation too: it knows one session from two.
    if (translator.load(QLocale(), u"sojourn"_s, u"_"_s, u":/i18n"_s) || translator.load(u":/i18n/sojourn_en.qm"_s))
        app.installTranslator(&translator);

    QCommandLineParser parser;
    parser.setApplicationDescription(MainWindow::tr("Shows and changes the sessions of web applications, live."));
    parser.addPositionalArgument(
        u"stores"_s, MainWindow::tr("Stores to open: sqlite:PATH, redis://HOST, live:NAME, memory:, or snapshot files."),
        u"[STORE-URL...]"_s);
    const QCommandLineOption readOnly(u"read-only"_s, MainWindow::tr("Open every store for reading only."));
    const QCommandLineOption colours(u"color-scheme"_s, MainWindow::tr("light or dark, whatever the system says."), u"scheme"_s);
    parser.addOptions({readOnly, colours});
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(app);
    if (parser.isSet(colours)) {
        app.setStyle(u"Fusion"_s);
        app.setPalette(Theme::palette(parser.value(colours) == "dark"_L1));
    }

    if (app.style()->name() == "fusion"_L1) // no other style is tampered with
        app.setStyle(new InspectorStyle);

    MainWindow window(parser.isSet(readOnly));
    window.show();
    for (const QString &url : parser.positionalArguments())
        window.open(Connection::forUrl(url));
    if (parser.positionalArguments().isEmpty())
        window.openAgain();
    return app.exec();
}
