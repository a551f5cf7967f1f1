#pragma once

#include "app/common/account.h"
#include "service/phase.h"
#include "service/serverprobe.h"
#include "widgets/viewtypes.h"

namespace confab {

// Values of the service as the windows show them.
ErrorText viewOf(const ServiceError &error);
ProbeResult viewOf(const ProbeReport &report);
FoundPerson viewOf(const FoundTopic &found);
AccountEntry viewOf(const Account &account);
BannerContent bannerFor(const Phase &phase, const Account &account);

}
