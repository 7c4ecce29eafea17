// SPDX-License-Identifier: MIT
#include "inspectorstyle.h"

#include "theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyleOption>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

void InspectorStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                   const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool round = element == PE_IndicatorRadioButton;
    const bool focused = option->state & State_HasFocus && option->state & State_Enabled; // has its own colour
    if ((element != PE_IndicatorCheckBox && element != PE_FrameLineEdit && !round) || (focused && element == PE_FrameLineEdit))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Theme::colour(option->state & State_Enabled ? Theme::Colour::Outline : Theme::Colour::Muted));
    painter->setBrush(Qt::NoBrush);
    if (!(option->state & State_Enabled))
        painter->setOpacity(0.5);
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (round)
        painter->drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5));
    else
        painter->drawRoundedRect(box, 2, 2);
    painter->restore();
}

int InspectorStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    if (metric == PM_TabBarTabHSpace)
        return 14; // so that the pages of a session stand side by side in languages with long words, too
    return QProxyStyle::pixelMetric(metric, option, widget);
}

QIcon InspectorStyle::standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    switch (icon) {
    case SP_TitleBarNormalButton:
        return Theme::icon(u"window"_s);
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
        return Theme::icon(u"close"_s);
    default:
        return QProxyStyle::standardIcon(icon, option, widget);
    }
}

} // namespace Sojourn::Inspector
