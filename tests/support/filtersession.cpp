#include "support/filtersession.h"
