//! Words that company names are combined of, industries and job titles.

pub(crate) const FIRST: &str = "Harbor Summit Beacon Cedar Granite Maple Pioneer Northgate Silverline Bluewater Redstone \
Ironwood Lakeshore Highland Crescent Evergreen Sterling Falcon Juniper Orchard Keystone Liberty Meridian Oakmont Prairie \
Quarry Riverside Sequoia Tidewater Union Vanguard Westbrook Alder Birchwood Canyon Delta Ember Foxglove Glacier Hawthorn \
Indigo Jasper Kestrel Lantern Magnolia Nimbus Osprey Paragon Quill Rowan Sable Tamarack Umber Verity Willow Xenon \
Yarrow Zenith Argent Bramble Cobalt Dovetail Eastfield Fernhill Garnet Heron Islander Jubilee Kingfisher Larkspur \
Mistral Novus Opal Pinecrest Quantum Rosewood Saffron Thistle Upland Vesper Wren Aurora Borealis Cascade Drayton \
Elkhorn Firethorn Greystone Hollow Inverness Jetstream Knoll Linden Monarch Nightjar Onyx Palisade Quartzite Ridgeline \
Stonebridge Trellis Ursa Velvet Windward";

pub(crate) const SECOND: &str = "Logistics Systems Foods Partners Dental Software Construction Media Health Capital \
Textiles Robotics Energy Consulting Printing Analytics Freight Interiors Pharma Motors Plumbing Design Insurance Farms \
Security Travel Packaging Optics Roofing Brewing Staffing Networks Furniture Marine Legal Metals Catering Tools Labs \
Landscaping Electric Paper Aviation Toys Chemicals Cycles Studios Ceramics Bakery Outdoors Instruments Publishing \
Hardware Properties Glass Nutrition Apparel Audio Supply";

pub(crate) const THIRD: &str = "North South Pacific Atlantic Central Valley Coastal Metro Prime United National Global \
Royal Grand Alpine Nordic Rhine Thames Hudson Bay";

pub(crate) const INDUSTRIES: &[&str] = &[
    "Manufacturing",
    "Software",
    "Retail",
    "Healthcare",
    "Construction",
    "Financial Services",
    "Transportation",
    "Hospitality",
    "Agriculture",
    "Media",
    "Energy",
    "Professional Services",
];

pub(crate) const TITLES: &[&str] = &[
    "Manager",
    "Director of Operations",
    "Buyer",
    "Head of Purchasing",
    "CEO",
    "Office Manager",
    "Engineer",
    "CFO",
    "Account Executive",
    "VP Marketing",
    "Analyst",
    "Controller",
    "IT Administrator",
    "Owner",
    "Assistant",
];

pub(crate) const SUBJECTS: &[&str] = &[
    "Parcel did not arrive",
    "Wrong item delivered",
    "Question about invoice",
    "Cannot log in",
    "Refund not received",
    "Change of address",
    "Cancel subscription",
    "Discount code does not work",
    "Product damaged",
    "Delete my data",
];
